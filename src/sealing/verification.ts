import { recordName } from './archive.ts'
import { type ByteSource, seen } from './archive-reader.ts'
import { type BallotBox, verifyBallots } from './ballot-box-verification.ts'
import { type BoardCursor, openBoard } from './board-cursor.ts'
import { type Crew, crewOfOne } from './crew.ts'
import type { SealedElection } from './election.ts'
import { hexOf } from './encoding.ts'
import type { Group } from './group.ts'
import type { ElectionResult } from './result.ts'
import { type VerifiedSetup, verifyElection, verifySetup } from './setup-verification.ts'
import { verifyDecryptions, verifyResult, verifyShuffles, verifyTally } from './tally-verification.ts'
import {
  CheckFailed,
  type Failure,
  type Findings,
  startFindings,
  type VerificationProgress,
  type VerificationReport,
} from './verification-report.ts'
import { type PrefixWatch, type VerifiedPrefix, watchPrefix } from './verified-prefix.ts'

/**
 * Verifies an election from its public archive alone, whatever stage it has reached, as the archive's bytes
 * arrive; by this thread alone, unless there is a crew. The first thing that fails ends what depends on it; the rest of the archive is still read, so that
 * its form, its chain and its hash are told in any case.
 *
 * @param options.since what was verified before: for an archive that begins with it, what takes long is done for the
 * rest alone; any other archive fails
 */
export async function verifyArchive(
  group: Group,
  source: ByteSource,
  {
    progress,
    crew = crewOfOne(group),
    since,
  }: {
    readonly progress?: VerificationProgress
    readonly crew?: Crew
    readonly since?: VerifiedPrefix | undefined
  } = {},
): Promise<VerificationReport> {
  const hash = group.sha256()
  const prefix = watchPrefix(group, since)
  let size = 0
  const bytes = seen(source, (chunk) => {
    hash.update(chunk)
    prefix.chunk(chunk)
    size += chunk.length
  })
  const board = openBoard(group, bytes, prefix.event)
  const findings = startFindings()
  const verified: Verified = { box: { ballots: 0, last: new Map() } }
  const failure = await failureOf(() => verifyBoard(crew, board, { findings, progress, verified, prefix }))
  const malformation = await failureOf(async () => {
    await board.drain()
    findings.pass('archive')
    findings.pass('chain', { count: board.head === undefined ? 0 : board.head.height + 1 })
  })
  await exhaust(bytes)
  const read = { board, archiveHash: hexOf(hash.digest()), size }
  if (since !== undefined && !prefix.holds()) {
    // Whatever passed may have passed on the strength of what does not hold.
    const { height } = since.head
    const place = { file: recordName({ kind: 'event', hash: since.head.hash }), height }
    const failures = [{ check: 'chain', reason: 'not-what-was-verified-before', place } as const]
    return reportOf({ ...read, findings: startFindings(), failures, verified })
  }
  return reportOf({
    ...read,
    findings,
    failures: [failure, malformation].filter((found) => found !== undefined),
    verified,
  })
}

/** What is known of an election so far. */
interface Verified {
  election?: SealedElection
  setup?: VerifiedSetup
  readonly box: BallotBox
  result?: ElectionResult
}

async function verifyBoard(
  crew: Crew,
  board: BoardCursor,
  {
    findings,
    progress,
    verified,
    prefix: { isKnown },
  }: { findings: Findings; progress: VerificationProgress; verified: Verified; prefix: PrefixWatch },
): Promise<void> {
  const { group } = crew
  const opening = await board.take('Setup')
  if (opening === undefined) throw new CheckFailed({ check: 'chain', reason: 'no-events' })
  const election = verifyElection(group, opening)
  verified.election = election
  findings.pass('election')
  const setup = verifySetup(group, opening, election, findings)
  verified.setup = setup
  const context = { setup, findings, progress, isKnown }

  await verifyBallots(crew, board, context, verified.box)
  await board.take('EndBallots')
  const tallied = await board.take('EncryptedTally')
  if (tallied === undefined) return
  const unshuffled = verifyTally(group, tallied, context, verified.box)
  const tally = await verifyShuffles(crew, board, context, unshuffled)
  await board.take('EndShuffles')
  const decryptions = await verifyDecryptions(crew, board, context, tally)
  const ending = await board.take('Result')
  if (ending === undefined) return
  verified.result = verifyResult(group, ending, context, { tally, decryptions })
}

async function failureOf(verify: () => Promise<void>): Promise<Failure | undefined> {
  try {
    await verify()
    return undefined
  } catch (error) {
    if (error instanceof CheckFailed) return error.failure
    throw error
  }
}

function reportOf({
  findings,
  failures,
  verified,
  board,
  archiveHash,
  size,
}: {
  findings: Findings
  failures: readonly Failure[]
  verified: Verified
  board: BoardCursor
  archiveHash: string
  size: number
}): VerificationReport {
  for (const failure of failures) findings.fail(failure)
  const { election, setup, box, result } = verified
  const { head } = board
  const checks = findings.checks()
  const holds = failures.length === 0
  return {
    outcome: holds ? 'verified' : 'failed',
    stage: head?.stage ?? 'empty',
    ...(election && {
      election: {
        name: election.parameters.name,
        uuid: election.parameters.uuid,
        fingerprint: election.fingerprint,
      },
    }),
    checks:
      setup?.shuffled === false
        ? checks.filter(({ id, outcome }) => id !== 'shuffles' || outcome === 'failed')
        : checks,
    ballots: box.ballots,
    voters: setup?.weights.size ?? 0,
    recasts: box.ballots - box.last.size,
    ...(holds && result && { result }),
    ...(head && { head: head.hash }),
    archiveHash,
    ...(holds &&
      head && {
        prefix: { bytes: size, sha256: archiveHash, head: { hash: head.hash, height: head.height } },
      }),
  }
}

async function exhaust(bytes: AsyncGenerator<Uint8Array>): Promise<void> {
  while ((await bytes.next()).done !== true);
}
