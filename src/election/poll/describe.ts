import type { Eligibility } from '../../register/eligibility.ts'
import type { WriteTransaction } from '../../store/unit-of-work.ts'
import type { Visibility } from '../secrecy.ts'
import type { CreateBody, UpdateBody } from './bodies.ts'
import { PollRefused } from './refusals.ts'
import { optionTypes, type PollMethod, type PollSettings, pollMethods } from './settings.ts'

const visibilities: Readonly<Record<string, Visibility>> = {
  manually: 'manual',
  named: 'named',
  open: 'open',
  secret: 'secret',
}

/** @throws PollRefused `invalid` */
export function visibilityOf(said: string): Visibility {
  const visibility = Object.hasOwn(visibilities, said) ? visibilities[said] : undefined
  if (visibility === undefined)
    throw new PollRefused('invalid', `There is no visibility ${JSON.stringify(said)}`)
  return visibility
}

/** In the words of the vote service. */
export function saidOfVisibility(visibility: Visibility): string {
  return visibility === 'manual' ? 'manually' : visibility
}

/** @throws PollRefused `invalid` */
export function methodOf(said: string): PollMethod {
  const method = pollMethods.find((each) => each === said)
  if (method === undefined) throw new PollRefused('invalid', `There is no method ${JSON.stringify(said)}`)
  return method
}

/** A status that nobody has, so that whoever opens the election otherwise lets nobody in. */
const nobody = '(no entitled group)'

/** A group of the service is a status of members, which is its number. */
export function eligibilityOf(groups: readonly number[]): Eligibility {
  return { statuses: groups.length === 0 ? [nobody] : groups.map(String) }
}

/** How rights are exercised in the meeting, as the file of an election says it. */
export function rightsSaid(body: UpdateBody): Record<string, boolean> {
  const {
    users_enable_vote_delegations: delegations,
    users_forbid_delegator_to_vote: forbid,
    users_enable_vote_weight: weight,
    allow_vote_split: split,
  } = body
  return {
    ...(delegations !== undefined && { allow_delegation: delegations }),
    ...(forbid !== undefined && { forbid_delegator_to_vote: forbid }),
    ...(weight !== undefined && { equal_weights: !weight }),
    ...(split !== undefined && { allow_vote_split: split }),
  }
}

/** What the options of a poll are called, and whose they are. */
export interface DescribedOptions extends Pick<PollSettings, 'option_type' | 'options'> {
  readonly names: readonly string[]
}

/**
 * @param organisationId in whose register members are looked up
 * @throws PollRefused `invalid`
 */
export async function describeOptions(
  tx: WriteTransaction,
  organisationId: number,
  { option_type: said, options = [] }: Pick<CreateBody, 'option_type' | 'options'>,
): Promise<DescribedOptions> {
  if (options.length === 0) return { option_type: null, options: [], names: [] }
  if (said === undefined || said === '') {
    throw new PollRefused('invalid', 'Field `option_type` has to be set, if options are given')
  }
  const type = optionTypes.find((each) => each === said)
  if (type === undefined) throw new PollRefused('invalid', `Invalid option_type ${JSON.stringify(said)}`)
  const wanted = type === 'text' ? 'string' : 'number'
  if (options.some((each) => typeof each !== wanted || each === ''))
    throw new PollRefused('invalid', 'Invalid option')
  const texts = options.map(String)
  if (new Set(texts).size < texts.length) throw new PollRefused('invalid', 'An option is there twice')
  if (type === 'text') return { option_type: type, options: texts.map(() => null), names: texts }
  return { option_type: type, options: texts, names: await namesOf(tx, organisationId, texts) }
}

/** Members of the same name are told apart by their numbers. */
async function namesOf(
  tx: WriteTransaction,
  organisationId: number,
  numbers: readonly string[],
): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('member')
    .select(['number', 'name'])
    .where('organisation_id', '=', organisationId)
    .where('number', 'in', [...numbers])
    .execute()
  const byNumber = new Map(rows.map(({ number, name }) => [number, name]))
  const names = numbers.map((number) => byNumber.get(number))
  return names.map((name, index) => {
    if (name === undefined)
      throw new PollRefused('invalid', `Invalid option: there is no member ${numbers[index]}`)
    return names.filter((other) => other === name).length > 1 ? `${name} (${numbers[index]})` : name
  })
}
