import type * as z from 'zod'
import type { BallotKind } from './ballot-groups.ts'
import type { BallotStyle, Method, TabulationRequest } from './method.ts'
import { TabulationRefusal } from './refusals.ts'
import type { Tabulation, TabulationInput } from './tabulation.ts'
import { withoutWithdrawn } from './withdrawal.ts'

interface MethodDefinition<Schema extends z.ZodType> extends Omit<Method, 'rules' | 'tabulate'> {
  readonly rules: Schema
  /** Counts; may rely on what `defineMethod` has checked. Withdrawn options are already off the ballots. */
  readonly count: (input: TabulationInput<z.output<Schema>>) => Tabulation
}

/** Makes an entry of the registry that checks what every method needs before it counts. */
export function defineMethod<Schema extends z.ZodType>(definition: MethodDefinition<Schema>): Method {
  const { count, ...method } = definition
  return {
    ...method,
    tabulate(request) {
      const rules = definition.rules.safeParse(request.rules ?? {})
      if (!rules.success) {
        throw new TabulationRefusal('rules-invalid', `The rules don't fit ${method.title}.`, {
          method: method.id,
          issues: rules.error.issues.map(({ path, message }) => ({ path, message })),
        })
      }
      checkRequest(method, request)
      return count({ ...withoutWithdrawn(request, method), rules: rules.data })
    },
  }
}

/** How the ballots of a style are grouped. */
export const ballotKinds: Readonly<Record<BallotStyle, BallotKind>> = {
  choice: 'selections',
  approval: 'selections',
  list: 'selections',
  ranking: 'rankings',
  score: 'scores',
  grade: 'scores',
}

/** More than any body has; lists without candidates would fill as many as they are asked to. */
const maxSeats = 10_000

function checkRequest(method: Omit<Method, 'rules' | 'tabulate'>, request: TabulationRequest): void {
  const { ballots, options, seats, withdrawn = [] } = request
  const { id, title } = method
  if (ballots.kind === 'totals') {
    if (!method.takesTotals) {
      throw new TabulationRefusal(
        'totals-not-taken',
        `${title} needs the ballots; totals of votes are not enough.`,
        {
          method: id,
        },
      )
    }
  } else if (ballots.kind !== ballotKinds[method.style]) {
    throw new TabulationRefusal('ballot-style-mismatch', `${title} doesn't count ${ballots.kind}.`, {
      method: id,
      style: method.style,
      ballots: ballots.kind,
    })
  }
  if (method.needsBallotOrder && ballots.kind !== 'totals' && ballots.sequence === undefined) {
    throw new TabulationRefusal('order-not-kept', `${title} needs the ballots in their order.`, {
      method: id,
    })
  }
  const optionCount = ballots.kind === 'totals' ? ballots.votes.length : ballots.optionCount
  const standing = new Set(options.keys())
  for (const option of withdrawn) standing.delete(option)
  const known = withdrawn.every((option) => option in options)
  if (known && standing.size === 0 && options.length > 0) {
    throw new TabulationRefusal('options-out-of-range', 'All options are withdrawn: none is left to count.', {
      withdrawn,
    })
  }
  if (optionCount !== options.length || standing.size === 0 || !known) {
    throw new TabulationRefusal('options-out-of-range', 'The options are not those of the ballots.', {
      options: options.length,
      ballots: optionCount,
      withdrawn,
    })
  }
  if (!Number.isInteger(seats) || seats < 1 || seats > maxSeats) {
    throw new TabulationRefusal('seats-out-of-range', `A contest fills from 1 to ${maxSeats} seats.`, {
      seats,
    })
  }
}
