import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { type OpenedBallots, openBallots } from '../interchange/open-ballots.ts'
import type { ComparedCount, CountedMethod, CountReport } from '../report/count-report.ts'
import type { Method } from '../tabulation/method.ts'
import type { OptionIndex } from '../tabulation/option-index.ts'
import { TabulationRefusal } from '../tabulation/refusals.ts'
import { CountRefused, MethodNeeded, TracedBallotNotFound } from './count-refusals.ts'
import { fittingMethods, recastFor } from './fitting-methods.ts'
import { tieBreaksOf } from './lot.ts'
import { distinctNames, findOption, findOrder } from './option-names.ts'
import { type TieRequest, withTieRules } from './tie-request.ts'
import { traceBallot } from './trace-ballot.ts'

/** A file of ballots and how it is to be counted. */
export interface CountRequest extends TieRequest {
  /** `-` is standard input. */
  readonly path: string
  /** The id of a format; found out from the file when left out. */
  readonly format: string | undefined
  /** Of a file that holds several: its id or name. */
  readonly contest: string | undefined
  readonly irregularities: 'refused' | 'warned of'
  /** What the file says when left out, and 1 where it says nothing. */
  readonly seats: number | undefined
  /** Names of options that have withdrawn, besides those that the file says have. */
  readonly withdraw: readonly string[]
  /** A ballot to follow: its number in the file, from 1, or its id. */
  readonly trace: string | undefined
  /** Of urna. */
  readonly version: string
}

/** A method, with rules that it has accepted. */
export interface ChosenMethod {
  readonly method: Method
  /** What is left out has the method's default. */
  readonly rules: Readonly<Record<string, unknown>>
}

/**
 * Counts a file of ballots, with no database and no election.
 *
 * @param chosen absent to be told which methods there are for the ballots of the file
 * @throws InputUnreadable, BallotFormatUnknown, BallotFileUnreadable, MethodNeeded, OptionNotFound,
 *   TieOrderRepeats, TracedBallotNotFound, TieRulesNotTaken, CountRefused
 */
export async function countFile(
  request: CountRequest,
  chosen: ChosenMethod | undefined,
): Promise<CountReport> {
  const read = await readForCount(request, chosen === undefined ? [] : [chosen])
  if (chosen === undefined) {
    const { says, methods } = fittingMethods(read.opened.ballots)
    throw new MethodNeeded({ file: read.name, says, fitting: methods.map(({ id }) => id) })
  }
  return countBy(chosen, read, request)
}

/**
 * Counts a file of ballots by several methods. One that can't count such ballots says so, and the others count.
 * @returns one at least of which counted
 * @throws as `countFile`
 */
export async function compareMethods(
  request: CountRequest,
  chosen: readonly ChosenMethod[],
): Promise<ComparedCount[]> {
  const read = await readForCount(request, chosen)
  const refusals: CountRefused[] = []
  const counts = chosen.map((each): ComparedCount => {
    const method = countedMethod(each.method)
    try {
      return { method, report: countBy(each, read, request) }
    } catch (error) {
      if (!(error instanceof CountRefused)) throw error
      refusals.push(error)
      return { method, refused: error.message }
    }
  })
  if (refusals.length === counts.length) throw refusals[0]!
  return counts
}

function countedMethod({ id, title, style, source }: Method): CountedMethod {
  return { id, title, style, source }
}

/** A file that was read, with what the request says of its options. */
interface ReadForCount {
  readonly opened: OpenedBallots
  readonly name: string
  readonly sha256: string
  /** Of the options, no two alike. */
  readonly names: readonly string[]
  readonly withdrawn: readonly OptionIndex[]
  readonly seats: number
  readonly seatsFrom: CountReport['seatsFrom']
  readonly order: readonly OptionIndex[] | undefined
  readonly remarks: readonly string[]
}

async function readForCount(request: CountRequest, chosen: readonly ChosenMethod[]): Promise<ReadForCount> {
  const { path, format, contest, irregularities, trace, withdraw, tieOrder } = request
  const hash = createHash('sha256')
  const opened = await openBallots(
    { path, ...(format !== undefined && { format }), seen: (bytes) => hash.update(bytes) },
    {
      irregularities,
      order: chosen.some(({ method }) => method.needsBallotOrder) ? 'kept' : 'forgotten',
      ...(trace !== undefined && { find: trace }),
      ...(contest !== undefined && { contest }),
    },
  )
  if (trace !== undefined && opened.found === undefined) throw new TracedBallotNotFound(trace)
  const { names, remarks } = distinctNames(opened.options)
  const withdrawn = new Set([...opened.withdrawn, ...withdraw.map((name) => findOption(names, name))])
  const seats = request.seats ?? opened.seats
  return {
    opened,
    name: path === '-' ? 'standard input' : basename(path),
    sha256: hash.digest('hex'),
    names,
    withdrawn: [...withdrawn].sort((a, b) => a - b),
    seats: seats ?? 1,
    seatsFrom: request.seats !== undefined ? 'request' : opened.seats !== undefined ? 'file' : 'assumption',
    order: tieOrder === undefined ? opened.tieOrder : findOrder(names, tieOrder),
    remarks: [
      ...remarks,
      ...(seats === undefined ? ['The file does not say how many seats there are: one was assumed.'] : []),
    ],
  }
}

function countBy({ method, rules }: ChosenMethod, read: ReadForCount, request: CountRequest): CountReport {
  const { opened, names, withdrawn, seats, order } = read
  const { seed, trace, version } = request
  const { found, format, title, warnings } = opened
  return unlessRefused(method, () => {
    const { ballots, remark } = recastFor(method, opened.ballots)
    const used = withTieRules({ method, rules, request, fileGivesOrder: opened.tieOrder !== undefined })
    const tabulation = method.tabulate({
      ...{ options: names, seats, withdrawn, ballots, rules: used.rules },
      tieBreaks: { ...tieBreaksOf(seed), ...(order && { order }) },
      ...(found !== undefined && { trace: found }),
    })
    return {
      title,
      file: { name: read.name, format: { id: format.id, title: format.title }, sha256: read.sha256 },
      method: countedMethod(method),
      rules: used.rules,
      seatsFrom: read.seatsFrom,
      tabulation,
      ...(seed !== undefined && { seed }),
      warnings,
      remarks: [...read.remarks, ...(remark === undefined ? [] : [remark]), ...used.remarks],
      ...(found !== undefined &&
        opened.ballots.kind !== 'totals' && {
          trace: traceBallot({
            ...{ ballot: trace!, ballots: opened.ballots, group: found },
            ...{ tabulation, title: method.title },
          }),
        }),
      version,
    }
  })
}

/** What a method says no to is a refusal of the command. */
function unlessRefused(method: Method, count: () => CountReport): CountReport {
  try {
    return count()
  } catch (error) {
    if (!(error instanceof TabulationRefusal)) throw error
    const unfit = error.code === 'ballot-style-mismatch' || error.code === 'totals-not-taken'
    throw new CountRefused(
      error,
      unfit ? `What ${method.id} counts: urna method show ${method.id}` : undefined,
    )
  }
}
