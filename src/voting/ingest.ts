import { createHash } from 'node:crypto'
import { findElection } from '../election/find-election.ts'
import type { Group } from '../sealing/group.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { BallotBox } from './ballot-box.ts'
import { ballotRefusal } from './ballot-refusal.ts'
import {
  type Candidate,
  judgeEarly,
  judgeProofs,
  openCandidate,
  refusedWith,
  type Verdict,
} from './candidates.ts'
import { castBallots } from './cast-ballots.ts'
import type { BallotVerifier } from './verify-ballots.ts'

/** A ballot as it came in. */
export type OfferedBallot =
  | { readonly name: string; readonly json: string }
  | { readonly name: string; readonly fault: 'unreadable' | 'too-large' | 'not-text' }

/** What became of it. */
export type IngestedBallot = { readonly name: string } & Verdict

interface IngestDeps {
  work: UnitOfWork
  group: Group
  verify: BallotVerifier
}

/** Ballots that are verified together and then written in one transaction. */
const batchSize = 64
/** Bytes after which a batch is full, whatever its size. */
const batchBytes = 8 * 1024 * 1024

/**
 * Puts sealed ballots into the box, each right once, in the order in which they come: of several on one
 * right the last counts, where the election allows it. Each batch is given out only after it is on the disk.
 *
 * Proofs are verified outside the transaction, as they take long; all that can change meanwhile (the
 * election, the token, the roll, the box) is looked at again inside.
 */
export async function* ingestBallots(
  deps: IngestDeps,
  box: BallotBox,
  ballots: AsyncIterable<OfferedBallot> | Iterable<OfferedBallot>,
): AsyncGenerator<readonly IngestedBallot[]> {
  let batch: OfferedBallot[] = []
  let bytes = 0
  for await (const offered of ballots) {
    batch.push(offered)
    bytes += 'json' in offered ? offered.json.length : 0
    if (batch.length === batchSize || bytes >= batchBytes) {
      yield await ingestBatch(deps, box, batch)
      batch = []
      bytes = 0
    }
  }
  if (batch.length > 0) yield await ingestBatch(deps, box, batch)
}

async function ingestBatch(
  { work, group, verify }: IngestDeps,
  box: BallotBox,
  offered: readonly OfferedBallot[],
): Promise<readonly IngestedBallot[]> {
  const candidates = offered.map((ballot): Candidate => ({ ...opened(box, ballot), file: fileOf(ballot) }))
  await work.read(async (tx) => judgeEarly(tx, await findElection(tx, box.election.slug), candidates))
  await judgeProofs(verify, box, candidates)
  const verdicts = candidates.every(({ judged }) => judged?.outcome === 'already')
    ? candidates.map(({ judged }) => judged!)
    : await work.write('ingest ballots', (tx) => castBallots(tx, { group, box, candidates }))
  return verdicts.map((verdict, index) => ({ name: offered[index]!.name, ...verdict }))
}

function opened(box: BallotBox, offered: OfferedBallot): Candidate {
  return 'fault' in offered
    ? { judged: refusedWith(ballotRefusal(offered.fault)) }
    : openCandidate(box, offered.json)
}

/** A file is often named after its voter, and a refused ballot is nobody's: the name is kept as a hash. */
function fileOf({ name }: OfferedBallot): string {
  return createHash('sha256').update(name).digest('hex')
}
