import { addDecimals } from '../../src/tabulation/decimal.ts'
import type { Round, Tabulation } from '../../src/tabulation/tabulation.ts'
import { comparableName, type Expectation, type ExpectedRound } from './tabulation-corpus.ts'

/** The votes of a round by name, without the excluded, whom some sources leave out and others show with 0. */
export function votesByName(names: readonly string[], round: Pick<Round, 'votes'>): Record<string, number> {
  return Object.fromEntries(
    names
      .map((name, option) => [name, Number(round.votes[option])] as const)
      .filter(([, votes]) => votes > 0),
  )
}

export function expectedVotes(tallies: Readonly<Record<string, string | number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(tallies)
      .map(([name, votes]) => [comparableName(name), Number(votes)] as const)
      .filter(([, votes]) => votes > 0),
  )
}

export function winnersByName(names: readonly string[], { winners }: Pick<Tabulation, 'winners'>) {
  return winners.map(({ option, round }) => ({ round, name: names[option] }))
}

export function expectedWinners(expectation: Pick<Expectation, 'winners'>) {
  return expectation.winners.map(({ round, name }) => ({ round, name: comparableName(name) }))
}

/** A stage of an STV count, as a count sheet has it. */
export function stageOf(names: readonly string[], round: Round) {
  return {
    votes: votesByName(names, round),
    // The other programs count what rounding loses as exhausted.
    exhausted: Number(addDecimals([round.exhausted, round.loss])),
    surplus: Number(round.surplus),
  }
}

export function expectedStage(round: ExpectedRound) {
  return {
    votes: expectedVotes(round.tallies),
    exhausted: Number(round.exhausted),
    surplus: Number(round.surplus),
  }
}
