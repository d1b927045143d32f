import { contestsOfSealedElection, type SealedContest } from '../election/sealed-election.ts'
import { parseCanonical } from '../sealing/canonical-json.ts'
import { sizedEncryptedTallyFormat } from '../sealing/encrypted-tally.ts'
import type { Group } from '../sealing/group.ts'
import { parseResult, type QuestionResult } from '../sealing/result.ts'
import { type BoardState, sealedElectionOf } from './board-state.ts'
import type { OpenedContest } from './count-contest.ts'
import { BoardDamaged } from './refusals.ts'
import { unless } from './unless.ts'
import type { VotedWays } from './voted-ways.ts'

/** A contest with what was opened of it: all that a count needs, and all of it public. */
export interface CountableContest {
  readonly contest: SealedContest
  /** Papers with it, where they are counted. */
  readonly opened: OpenedContest
  /** What was cast here and what on paper; only where papers are counted. */
  readonly ways?: VotedWays
}

/**
 * @returns undefined before the result, and for an election that does not say how it is counted, which is none
 * of urna's
 * @throws BoardDamaged
 */
export function countableContests(group: Group, board: BoardState): CountableContest[] | undefined {
  if (board.result === undefined || board.tally === undefined) return undefined
  const election = sealedElectionOf(group, board)
  const size = parseCanonical(sizedEncryptedTallyFormat, board.tally.sized)
  if (!size.ok) throw new BoardDamaged('the size of the tally is malformed')
  const { total_weight } = size.value
  const result = unless(parseResult(election, board.result), 'the result')
  return contestsOfSealedElection(election.parameters)?.map((contest, index) => ({
    contest,
    opened: openedContest(result[index]!, total_weight),
  }))
}

function openedContest(result: QuestionResult, ballots: bigint): OpenedContest {
  switch (result.type) {
    case 'Homomorphic':
      return { kind: 'totals', sums: result.totals, ballots }
    case 'NonHomomorphic':
      return { kind: 'ballots', ballots: result.votes }
    case 'Lists':
      throw new TypeError('no contest of urna is a question of lists')
  }
}
