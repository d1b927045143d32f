import { methodById } from '../../../src/tabulation/registry.ts'
import type { Round } from '../../../src/tabulation/tabulation.ts'
import { filledUp, readCondorcet } from '../../support/condorcet-format.ts'
import { sameOrDiffers } from '../../support/conformance.ts'
import type { Check, Checks } from '../../support/conformance-checks.ts'

/** The quotas that its examples name. */
const quotas: Readonly<Record<string, string>> = {
  'Hagenbach-Bischoff': 'exact droop',
  Hare: 'exact hare',
}

/**
 * That program passes over shared ranks and transfers all surpluses of a round together, which are a stage
 * each here; it shows those who still may be elected. It excludes the tied together, so the first tie ends
 * the likeness.
 */
const stv: Check = (corpusCase, expectation) => {
  const election = readCondorcet(corpusCase)
  const { options, ballots } = expectation.options?.implicit_ranking ? filledUp(election) : election
  const given = expectation.options?.Quota
  const named = Object.keys(quotas).find((name) => String(given).includes(name))
  if (given !== undefined && named === undefined) {
    return { kind: 'skipped', why: 'the Imperiali quota of STV is not offered' }
  }
  const tabulation = methodById('stv-wigm').tabulate({
    options,
    seats: Number(expectation.seats),
    ballots,
    rules: {
      quota: named ? quotas[named] : 'droop in whole votes',
      places: 'exact',
      surplusOrder: 'together',
      termination: 'as many continue as seats are vacant',
      overvotes: 'skip',
      ties: [],
    },
    tieBreaks: {},
  })
  const expected = Object.values(expectation.stats?.rounds ?? {})
  const stages = tabulation.rounds.filter(
    (round, position) => !goesOn(round, tabulation.rounds[position + 1]),
  )
  const isTied = tabulation.outcome.kind === 'tied'
  const counted = stages.slice(0, expected.length).map((round, position) => {
    const shown = Object.entries(expected[position]!)
    return Object.fromEntries(
      shown.map(([name, number]) => [name, nearest(Number(round.votes[options.indexOf(name)]), number)]),
    )
  })
  return sameOrDiffers(
    {
      rounds: counted,
      winners: isTied ? [] : tabulation.winners.map(({ option }) => options[option]),
    },
    {
      rounds: expected.slice(0, counted.length),
      winners: isTied ? [] : expectation.ranking!.flat(),
    },
  )
}

/** Whether the next stage transfers another surplus of the same round of that program. */
function goesOn(round: Round, next: Round | undefined): boolean {
  const isSurplus = round.action.kind === 'surplus' && next?.action.kind === 'surplus'
  return isSurplus && round.elected.length === 0 && Number(round.surplus) > 0
}

/** It rounds the value of each paper to nine places: so many papers are off by no more than a millionth. */
function nearest(number: number, theirs: number): number {
  return Math.abs(number - theirs) < 2e-6 ? theirs : number
}

export const condorcetStvChecks: Checks = { STV: stv }
