import { type ClearElection, parseClearElection } from '../election/clear-election.ts'
import { parsePublicCredentials } from '../sealing/credential.ts'
import { elementToHex, sha256Hex } from '../sealing/encoding.ts'
import type { Group } from '../sealing/group.ts'
import type { Check, CheckId, VerificationReport } from '../sealing/verification-report.ts'
import { TabulationRefusal } from '../tabulation/refusals.ts'
import { type ClearBallot, faultOfClearBallot, openClearBallot } from '../voting/clear-ballot.ts'
import { type ClearArchive, headOfClear, parseClearArchive } from './clear-archive.ts'
import { contestsOfBox } from './clear-contests.ts'
import { countContest, type WeighedRecord } from './count-contest.ts'
import { countableEntries } from './entered-contests.ts'
import type { CountableContest } from './opened-box.ts'
import { seededTieBreaks } from './seeded-lot.ts'
import type { ElectionVerification, Recount } from './verification.ts'
import { unitOf, weighedRecords } from './weighed-records.ts'
import type { WriteInDecision } from './written-names.ts'

/**
 * Verifies an election whose ballots are not sealed from its public archive alone, and counts it again.
 * @param input.text of the whole archive
 */
export function verifyClearArchive(
  group: Group,
  input: {
    name: string
    text: string
    archiveHash: string
    seed: string | undefined
    writeIns: readonly WriteInDecision[]
  },
): ElectionVerification {
  const { name, text, archiveHash } = input
  const checks: Check[] = []
  const found: Found = { voters: 0, ballots: 0, recasts: 0 }
  const failed = verify(group, text, { checks, found, input })
  if (failed !== undefined) checks.push(failed)
  const { election, head, contests, complete = false, ...counts } = found
  const report: VerificationReport = {
    outcome: failed === undefined ? 'verified' : 'failed',
    stage: complete ? 'finished' : 'closed',
    ...(election && {
      election: {
        name: election.parameters.name,
        uuid: election.parameters.uuid,
        fingerprint: election.fingerprint,
      },
    }),
    ...{ checks, ...counts, archiveHash },
    ...(head !== undefined && { head }),
  }
  return {
    archive: name,
    inTheClear: true,
    report,
    complete,
    ...(contests && failed === undefined && { contests }),
  }
}

/** What is known so far. */
interface Found {
  election?: ClearElection
  voters: number
  ballots: number
  recasts: number
  head?: string
  contests?: Recount[]
  complete?: boolean
}

/** @returns the check that fails; those that hold are added */
function verify(
  group: Group,
  text: string,
  {
    checks,
    found,
    input,
  }: {
    checks: Check[]
    found: Found
    input: { seed: string | undefined; writeIns: readonly WriteInDecision[] }
  },
): Check | undefined {
  const archive = parseClearArchive(text)
  if (archive === undefined) return failure('archive', 'wrong-shape')
  checks.push(passed('archive'))
  const election = parseClearElection(group, archive.election)
  if ('refused' in election) return failure('election', election.refused)
  found.election = election
  checks.push(passed('election'))
  const credentials = parsePublicCredentials(group, archive.credentials)
  if ('refused' in credentials) return failure('tokens', credentials.refused.code, credentials.refused.place)
  found.voters = credentials.length
  checks.push(passed('tokens', credentials.length))
  const weights = new Map(credentials.map(({ credential, weight }) => [elementToHex(credential), weight]))
  const box = readBox(group, { archive, election, weights })
  if ('outcome' in box) return box
  Object.assign(found, { ballots: box.ballots, recasts: box.recasts })
  found.head = headOfClear(group, archive).hash
  checks.push(box.check)
  found.complete = archive.result !== null
  const counted = recount(group, box.contests, {
    seed: input.seed ?? archive.decisions.seed ?? undefined,
    writeIns: input.writeIns.length > 0 ? input.writeIns : archive.decisions.writeIns,
  })
  if (counted === undefined) return failure('result', 'not-countable')
  if (archive.result === null) return undefined
  const wrong = archive.result.findIndex(
    (published, index) => JSON.stringify(published) !== JSON.stringify(told(counted[index])),
  )
  if (wrong >= 0 || archive.result.length !== counted.length) {
    return failure('result', 'other-winners', `result[${Math.max(wrong, 0)}]`)
  }
  checks.push(passed('result'))
  found.contests = counted
  return undefined
}

interface ReadBox {
  readonly check: Check
  readonly contests: readonly CountableContest[]
  readonly ballots: number
  readonly recasts: number
}

function readBox(
  group: Group,
  {
    archive: { box },
    election,
    weights,
  }: { archive: ClearArchive; election: ClearElection; weights: ReadonlyMap<string, bigint> },
): ReadBox | Check {
  const { contests } = election.parameters
  switch (box.kind) {
    case 'signed':
      return readSigned(group, { ...box, election, weights })
    case 'anonymous': {
      const counting = box.ballots.filter(({ counts }) => counts).length
      const weight = weightOf(box.contests[0] ?? [])
      const alike = [...weights.values()].every((units) => units === 1n)
      // Who divides a weight need not use all of it in every contest.
      const divided = election.parameters.voteSplit === true
      const wrong = box.contests.findIndex(
        (choices) =>
          choices.reduce((sum, { ballots }) => sum + ballots, 0) !== counting ||
          (weightOf(choices) !== weight && !divided) ||
          (alike && weight !== BigInt(counting)),
      )
      if (wrong >= 0 || box.contests.length !== contests.length) {
        return failure('ballots', 'count-differs', `contests[${Math.max(wrong, 0)}]`)
      }
      return {
        check: { id: 'ballots', sentence: sentences.anonymous, outcome: 'not-reached' },
        contests: contestsOfBox(election, box),
        ballots: box.ballots.length,
        recasts: box.ballots.length - counting,
      }
    }
    case 'entered': {
      const { officer, at, contests: entries } = box.result
      const fits =
        entries.length === contests.length &&
        entries.every(({ votes }, index) => votes.length === contests[index]!.options.length)
      if (!fits) return failure('ballots', 'count-differs', 'result')
      const sentence = `No ballots were cast: ${officer} typed the result in, ${at}.`
      return {
        check: { id: 'ballots', sentence, outcome: 'not-reached' },
        contests: countableEntries(contests, box.result),
        ...{ ballots: 0, recasts: 0 },
      }
    }
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
function readSigned(
  group: Group,
  {
    ballots,
    proxies = [],
    election,
    weights,
  }: {
    ballots: readonly string[]
    proxies?: readonly { readonly credential: string; readonly represents: string }[] | undefined
    election: ClearElection
    weights: ReadonlyMap<string, bigint>
  },
): ReadBox | Check {
  const represents = new Map(proxies.map((proxy) => [proxy.credential, proxy.represents]))
  const wrong = proxies.findIndex(
    (proxy) =>
      !weights.has(proxy.credential) ||
      weights.get(proxy.credential) !== weights.get(proxy.represents) ||
      represents.has(proxy.represents),
  )
  if (wrong >= 0 || represents.size < proxies.length) {
    return failure('ballots', 'wrong-proxy', `proxies[${Math.max(wrong, 0)}]`)
  }
  const last = new Map<string, ClearBallot>()
  const seen = new Set<string>()
  for (const [index, json] of ballots.entries()) {
    const place = `ballots[${index}]`
    const ballot = openClearBallot(group, election, json)
    if ('refused' in ballot) return failure('ballots', ballot.refused, place)
    if (seen.has(json)) return failure('ballots', 'repeated', place)
    if (!weights.has(ballot.credential)) return failure('ballots', 'unknown-credential', place)
    const fault = faultOfClearBallot(group, election, ballot)
    if (fault !== undefined) return failure('ballots', fault.refused, place)
    const units = weights.get(ballot.credential)!
    if (ballot.partsMicros !== undefined && ballot.partsMicros > units * unitOf(election)) {
      return failure('ballots', 'parts-exceed-weight', place)
    }
    seen.add(json)
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
    check: passed('ballots', ballots.length),
    contests: election.parameters.contests.map((contest, index) => ({
      contest,
      opened: { kind: 'records', records: records[index]!, order: 'kept' },
    })),
    ballots: ballots.length,
    recasts: ballots.length - last.size,
  }
}

function recount(
  group: Group,
  contests: readonly CountableContest[],
  decisions: { seed: string | undefined; writeIns: readonly WriteInDecision[] },
): Recount[] | undefined {
  const tieBreaks = seededTieBreaks(decisions.seed, (text) => sha256Hex(group, text))
  try {
    return contests.map(({ contest, opened }) => {
      const { writeIns } = decisions
      const {
        tabulation,
        invalid,
        writeIns: written,
      } = countContest(contest, opened, { tieBreaks, writeIns })
      const { none } = contest.ballot
      return {
        ...{ title: contest.title, tabulation, invalidBallots: invalid },
        ...(written && { writeIns: written }),
        ...(none !== undefined && { none }),
      }
    })
  } catch (error) {
    if (error instanceof TabulationRefusal) return undefined
    throw error
  }
}

/** A count as the archive tells it. */
function told(count: Recount | undefined) {
  if (count === undefined) return undefined
  const { title, tabulation } = count
  const { outcome, winners, options } = tabulation
  return { title, outcome: outcome.kind, winners: winners.map(({ option }) => options[option]!) }
}

const sentences = {
  archive: 'The archive is complete, and has nothing in it that does not belong there.',
  election: 'The description of the election is complete and makes sense.',
  tokens: 'All tokens are different, and each is valid.',
  ballots: 'Each ballot is signed with a token of this election, and says what the election allows.',
  result: 'The published result is what was voted, counted again.',
  anonymous:
    'The ballots were made anonymous: that each was signed by its voter can not be checked any more. Their number is right.',
} as const

type Checked = Extract<CheckId, keyof typeof sentences>

function passed(id: Checked, count?: number): Check {
  return { id, sentence: sentences[id], outcome: 'passed', ...(count !== undefined && { count }) }
}

function failure(id: Checked, reason: string, part?: string): Check {
  const place = part === undefined ? {} : { place: { file: 'the archive', height: 0, part } }
  return { id, sentence: sentences[id], outcome: 'failed', reason, ...place }
}
