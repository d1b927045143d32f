import { type ClearElection, parseClearElection } from '../election/clear-election.ts'
import { parsePublicCredentials } from '../sealing/credential.ts'
import { elementToHex, sha256Hex } from '../sealing/encoding.ts'
import type { Group } from '../sealing/group.ts'
import type { Check, CheckId, VerificationReport } from '../sealing/verification-report.ts'
import { TabulationRefusal } from '../tabulation/refusals.ts'
import { headOfClear, parseClearArchive } from './clear-archive.ts'
import { readClearBox } from './clear-box.ts'
import { countContest } from './count-contest.ts'
import type { CountableContest } from './opened-box.ts'
import { seededTieBreaks } from './seeded-lot.ts'
import type { ElectionVerification, Recount } from './verification.ts'
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
  const box = readClearBox(group, archive.box, { election, weights })
  if ('refused' in box) return failure('ballots', box.refused, box.place)
  Object.assign(found, { ballots: box.ballots, recasts: box.recasts })
  found.head = headOfClear(group, archive).hash
  checks.push(
    box.unsigned === undefined
      ? passed('ballots', box.ballots)
      : { id: 'ballots', sentence: box.unsigned, outcome: 'not-reached' },
  )
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
} as const

type Checked = keyof typeof sentences & CheckId

function passed(id: Checked, count?: number): Check {
  return { id, sentence: sentences[id], outcome: 'passed', ...(count !== undefined && { count }) }
}

function failure(id: Checked, reason: string, part?: string): Check {
  const place = part === undefined ? {} : { place: { file: 'the archive', height: 0, part } }
  return { id, sentence: sentences[id], outcome: 'failed', reason, ...place }
}
