import { methodById } from '../../../src/tabulation/registry.ts'
import type { OptionTotals } from '../../../src/tabulation/totals.ts'
import { readCondorcet } from '../../support/condorcet-format.ts'
import { sameOrDiffers } from '../../support/conformance.ts'
import type { Check, Checks } from '../../support/conformance-checks.ts'
import { expectedVotes, votesByName } from '../../support/stages.ts'
import { corpusText } from '../../support/tabulation-corpus.ts'

function totalsOf(votes: readonly number[]): OptionTotals {
  const sum = votes.reduce((total, number) => total + number, 0)
  return { kind: 'totals', votes: votes.map(String), ballots: String(sum), blank: '0' }
}

const ireland: Check = (corpusCase, expectation) => {
  const { options, ballots } = readCondorcet(corpusCase)
  const { winners, rounds } = methodById('irv').tabulate({
    options,
    seats: 1,
    ballots,
    rules: {},
    tieBreaks: {},
  })
  return sameOrDiffers(
    {
      rounds: rounds.map((round) => votesByName(options, round)),
      exhausted: rounds.at(-1)!.exhausted,
      // "quota floor(1574651/2)+1 = 787326", of the first count.
      quota: rounds[0]!.quota,
      winners: winners.map(({ option }) => options[option]),
    },
    {
      rounds: expectation.rounds.map((round) => expectedVotes(round.tallies)),
      exhausted: expectation.rounds.at(-1)!.exhausted,
      quota: '787326',
      winners: expectation.winners,
    },
  )
}

const mexico: Check = (corpusCase, expectation) => {
  const votes = JSON.parse(corpusText(corpusCase)) as Record<string, number>
  const options = Object.keys(votes)
  const { winners } = methodById('plurality').tabulate({
    options,
    seats: 1,
    ballots: totalsOf(Object.values(votes)),
    rules: {},
    tieBreaks: {},
  })
  return sameOrDiffers(
    winners.map(({ option }) => options[option]),
    expectation.winners,
  )
}

const slovakia: Check = (corpusCase, expectation) => {
  const rows = corpusText(corpusCase)
    .trim()
    .split('\n')
    .map((row) => row.split(';') as [string, string])
  const options = rows.map(([name]) => name)
  const { winners, outcome } = methodById('majority').tabulate({
    options,
    seats: 1,
    ballots: totalsOf(rows.map(([, votes]) => Number(votes))),
    rules: {},
    tieBreaks: {},
  })
  const contenders = outcome.kind === 'runoff' ? outcome.contenders.map((option) => options[option]) : []
  const { runoff, winners_round1 } = expectation as unknown as Record<string, readonly string[]>
  return sameOrDiffers([contenders, winners.map(({ option }) => options[option])], [runoff, winners_round1])
}

/** By the end of the id of the case. */
export const classicOfficialChecks: Checks = {
  'ireland-president-1990': ireland,
  'mexico-president-2018': mexico,
  'slovakia-president-2019-round1': slovakia,
}
