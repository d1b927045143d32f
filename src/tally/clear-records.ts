import type { ClearElection } from '../election/clear-election.ts'
import { parseClearElection } from '../election/clear-election.ts'
import type { Election } from '../election/find-election.ts'
import type { Group } from '../sealing/group.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import { type ClearBallot, openClearBallot } from '../voting/clear-ballot.ts'
import { contestsOfBox } from './clear-contests.ts'
import type { WeighedRecord } from './count-contest.ts'
import { countingRecords, weightIn, weightsOf } from './counting-ballots.ts'
import type { CountableContest } from './opened-box.ts'
import { BoardDamaged } from './refusals.ts'
import { readStoredBoard } from './stored-board.ts'
import { readAnonymousBox } from './stored-box.ts'
import { weighedRecords } from './weighed-records.ts'

/** A ballot in the clear that counts, with whose it is. */
export interface CountingBallot {
  readonly ballot: ClearBallot
  /** Null where the election was made anonymous. */
  readonly voterId: number
  /** Of the ballot, in units of the count. */
  readonly units: bigint
}

/** The public election of ballots in the clear. */
export function clearElectionOf(group: Group, { sealed_json }: Pick<Election, 'sealed_json'>): ClearElection {
  const election = parseClearElection(group, sealed_json ?? '')
  if ('refused' in election) throw new BoardDamaged(`the election is ${election.refused}`)
  return election
}

/** Every contest with what the ballots say that count. */
export async function readClearContests(
  tx: ReadTransaction,
  group: Group,
  election: Election,
): Promise<CountableContest[]> {
  const clear = clearElectionOf(group, election)
  const box = await readAnonymousBox(tx, election)
  if (box !== undefined) return contestsOfBox(clear, box)
  const records = clear.parameters.contests.map((): WeighedRecord[] => [])
  for await (const { ballot, units } of countingBallots(tx, group, election)) {
    for (const [index, parts] of weighedRecords(clear, ballot.choices, units).entries()) {
      records[index]!.push(...parts)
    }
  }
  return clear.parameters.contests.map((contest, index) => ({
    contest,
    opened: { kind: 'records', records: records[index]!, order: 'kept' },
  }))
}

/** The ballots that count, in the order in which they came. */
export async function* countingBallots(
  tx: ReadTransaction,
  group: Group,
  election: Election,
): AsyncGenerator<CountingBallot> {
  const clear = clearElectionOf(group, election)
  const { credentials } = await readStoredBoard(tx, election)
  const weights = weightsOf(credentials)
  for await (const { body, trackingCode, voterId } of countingRecords(tx, election)) {
    const ballot = openClearBallot(group, clear, body)
    if ('refused' in ballot) throw new BoardDamaged(`the ballot ${trackingCode} is ${ballot.refused}`)
    yield { ballot, voterId: voterId!, units: weightIn(weights, ballot) }
  }
}
