import type { ClearElection } from '../election/clear-election.ts'
import type { Group } from '../sealing/group.ts'
import { type ClearBallot, faultOfClearBallot, openClearBallot } from '../voting/clear-ballot.ts'
import type { ClearArchive } from './clear-archive.ts'
import { contestsOfBox } from './clear-contests.ts'
import type { WeighedRecord } from './count-contest.ts'
import { countableEntries } from './entered-contests.ts'
import type { CountableContest } from './opened-box.ts'
import { unitOf, weighedRecords } from './weighed-records.ts'

type Box = ClearArchive['box']
type BoxOf<Kind extends Box['kind']> = Extract<Box, { kind: Kind }>

/** What a box says, once it holds. */
export interface ReadBox {
  readonly contests: readonly CountableContest[]
  readonly ballots: number
  readonly recasts: number
  /** Where nobody can check any more that voters signed what it says: why, in a sentence. */
  readonly unsigned?: string
}

/** In a word why a box does not hold, and where. */
export interface BoxRefused {
  readonly refused: string
  readonly place: string
}

interface About {
  readonly election: ClearElection
  /** Of each credential, in units of the count. */
  readonly weights: ReadonlyMap<string, bigint>
}

/** What an election of that visibility may have published, so that nobody puts figures in the place of ballots. */
const kindsOf: Readonly<Record<ClearElection['parameters']['visibility'], readonly Box['kind'][]>> = {
  named: ['signed'],
  open: ['signed', 'anonymous'],
  manual: ['entered'],
}

/** Checks what was voted in an election whose ballots are not sealed, as far as anybody can. */
export function readClearBox(group: Group, box: Box, about: About): ReadBox | BoxRefused {
  if (!kindsOf[about.election.parameters.visibility].includes(box.kind)) return refused('other-box', 'box')
  switch (box.kind) {
    case 'signed':
      return readSigned(group, box, about)
    case 'anonymous':
      return readAnonymous(box, about)
    case 'entered':
      return readEntered(box, about)
  }
}

function readAnonymous(box: BoxOf<'anonymous'>, { election, weights }: About): ReadBox | BoxRefused {
  const { contests, voteSplit } = election.parameters
  const repeated = firstRepeated(box.ballots.map(({ trackingCode }) => trackingCode))
  if (repeated >= 0) return refused('repeated', `ballots[${repeated}]`)
  const counting = box.ballots.filter(({ counts }) => counts).length
  const weight = weightOf(box.contests[0] ?? [])
  const given = [...weights.values()].reduce((sum, units) => sum + units, 0n)
  if (counting > weights.size || weight > given) return refused('more-than-the-voters', 'ballots')
  const alike = [...weights.values()].every((units) => units === 1n)
  // Who divides a weight need not use all of it in every contest.
  const divided = voteSplit === true
  const wrong = box.contests.findIndex(
    (choices) =>
      choices.reduce((sum, { ballots }) => sum + ballots, 0) !== counting ||
      (weightOf(choices) !== weight && !divided) ||
      (alike && weight !== BigInt(counting)),
  )
  if (wrong >= 0 || box.contests.length !== contests.length) {
    return refused('count-differs', `contests[${Math.max(wrong, 0)}]`)
  }
  return {
    contests: contestsOfBox(election, box),
    ballots: box.ballots.length,
    recasts: box.ballots.length - counting,
    unsigned:
      'The ballots were made anonymous: that each was signed by its voter can not be checked any more. Their number is right.',
  }
}

function readEntered({ result }: BoxOf<'entered'>, { election }: About): ReadBox | BoxRefused {
  const { contests } = election.parameters
  const { officer, at, contests: entries } = result
  const fits =
    entries.length === contests.length &&
    entries.every(({ votes }, index) => votes.length === contests[index]!.options.length)
  if (!fits) return refused('count-differs', 'result')
  return {
    contests: countableEntries(contests, result),
    ...{ ballots: 0, recasts: 0 },
    unsigned: `No ballots were cast: ${officer} typed the result in, ${at}.`,
  }
}

/** Every ballot is in each contest, with the same weight. */
function weightOf(choices: readonly { readonly units: string }[]): bigint {
  return choices.reduce((sum, { units }) => sum + BigInt(units), 0n)
}

/**
 * Every ballot is signed by a credential of the list; of several of one right, which may have a credential for another
 * member who casts it, the last counts.
 */
function readSigned(group: Group, box: BoxOf<'signed'>, { election, weights }: About): ReadBox | BoxRefused {
  const { ballots, proxies = [] } = box
  const represents = new Map(proxies.map((proxy) => [proxy.credential, proxy.represents]))
  const wrong = proxies.findIndex(
    (proxy) =>
      !weights.has(proxy.credential) ||
      weights.get(proxy.credential) !== weights.get(proxy.represents) ||
      represents.has(proxy.represents),
  )
  if (wrong >= 0 || represents.size < proxies.length) {
    return refused('wrong-proxy', `proxies[${Math.max(wrong, 0)}]`)
  }
  const repeated = firstRepeated(ballots)
  if (repeated >= 0) return refused('repeated', `ballots[${repeated}]`)
  const last = new Map<string, ClearBallot>()
  for (const [index, json] of ballots.entries()) {
    const ballot = readBallot(group, json, { election, weights })
    if ('refused' in ballot) return refused(ballot.refused, `ballots[${index}]`)
    const right = represents.get(ballot.credential) ?? ballot.credential
    // It takes its place in the order, too.
    last.delete(right)
    last.set(right, ballot)
  }
  const records = election.parameters.contests.map((): WeighedRecord[] => [])
  for (const { credential, choices } of last.values()) {
    const parts = weighedRecords(election, choices, weights.get(credential)!)
    for (const [index, each] of parts.entries()) records[index]!.push(...each)
  }
  return {
    contests: election.parameters.contests.map((contest, index) => ({
      contest,
      opened: { kind: 'records', records: records[index]!, order: 'kept' },
    })),
    ballots: ballots.length,
    recasts: ballots.length - last.size,
  }
}

function readBallot(
  group: Group,
  json: string,
  { election, weights }: About,
): ClearBallot | { readonly refused: string } {
  const ballot = openClearBallot(group, election, json)
  if ('refused' in ballot) return ballot
  const units = weights.get(ballot.credential)
  if (units === undefined) return { refused: 'unknown-credential' }
  const fault = faultOfClearBallot(group, election, ballot)
  if (fault !== undefined) return fault
  if (ballot.partsMicros !== undefined && ballot.partsMicros > units * unitOf(election)) {
    return { refused: 'parts-exceed-weight' }
  }
  return ballot
}

/** @returns the place of the first that stood before; -1 if all differ */
function firstRepeated(texts: readonly string[]): number {
  const seen = new Set<string>()
  return texts.findIndex((text) => seen.size === seen.add(text).size)
}

function refused(reason: string, place: string): BoxRefused {
  return { refused: reason, place }
}
