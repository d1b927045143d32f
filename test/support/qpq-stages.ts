import { methodById } from '../../src/tabulation/registry.ts'
import type { Round, Tabulation } from '../../src/tabulation/tabulation.ts'
import { sameOrDiffers } from './conformance.ts'
import type { Check } from './conformance-checks.ts'
import { comparableName, corpusBallots, type Expectation } from './tabulation-corpus.ts'

type QpqExpectation = Omit<Expectation, 'rounds'> & {
  readonly rounds?: readonly {
    readonly action: string
    readonly of: readonly string[]
    readonly tallies: Readonly<Record<string, string>>
    readonly threshold: string
  }[]
  readonly actions?: readonly {
    readonly tag: string
    readonly msg: string
    readonly tallies: Readonly<Record<string, string>>
    readonly quota: string
  }[]
  readonly eliminated: readonly { readonly name: string }[]
}

interface Decision {
  readonly of: string
  readonly tallies: Readonly<Record<string, string>>
  readonly quota: string
}

/**
 * Every choice and exclusion of OpenSTV or droop with the quotients of those who were hopeful and the quota; the winners,
 * and the order of exclusion. Of those tied the first on the ballot is taken.
 */
export const qpqCheck: Check = (corpusCase, expectation) => {
  const { options, ballots, withdrawn } = corpusBallots(corpusCase)
  const tabulation = methodById('stv-qpq').tabulate({
    options,
    withdrawn,
    seats: expectation.seats,
    ballots,
    rules: { places: 20, ties: ['ask'] },
    tieBreaks: { decide: ({ among }) => [among[0]!] },
  })
  const names = options.map(comparableName)
  const expected = expectation as unknown as QpqExpectation
  const taken = decisionsOf(tabulation, names)
  const wanted = expectedDecisions(expected).slice(0, taken.length)
  return sameOrDiffers(
    {
      decisions: taken.slice(0, wanted.length).map(({ of, round }, position) => ({
        of,
        quota: place(round.quota!),
        quotients: quotientsOf(wanted[position]!, (name) => round.votes[names.indexOf(name)]!),
      })),
      winners: tabulation.winners.map(({ option }) => names[option]).sort(),
      excluded: excludedOf(tabulation, names, expected.eliminated.length),
    },
    {
      decisions: wanted.map((decision) => ({
        of: decision.of,
        quota: place(decision.quota),
        quotients: quotientsOf(decision, (_, quotient) => quotient),
      })),
      winners: expectation.winners.map(({ name }) => comparableName(name)).sort(),
      excluded: expected.eliminated
        .map(({ name }) => comparableName(name))
        .slice(0, excludedOf(tabulation, names, expected.eliminated.length).length),
    },
  )
}

/** What each round but the first began with, and the round before, whose quotients decided it. */
function decisionsOf(
  { rounds }: Tabulation,
  names: readonly string[],
): { readonly of: string; readonly round: Round }[] {
  return rounds.slice(1).map(({ action }, position) => {
    const option =
      action.kind === 'choose' ? action.option : action.kind === 'exclude' ? action.options[0]! : -1
    return { of: names[option]!, round: rounds[position]! }
  })
}

function expectedDecisions({ rounds, actions }: QpqExpectation): Decision[] {
  const inRounds = (rounds ?? []).map(({ of, tallies, threshold }) => ({
    of: comparableName(of[0]!),
    tallies: Object.fromEntries(
      Object.entries(tallies).map(([name, quotient]) => [name, withLeadingZeros(quotient)]),
    ),
    quota: withLeadingZeros(threshold),
  }))
  const inActions = (actions ?? [])
    .filter(({ msg }) => /^(Elect high|Defeat low)/.test(msg))
    // That program shows ballots in place of quotients.
    .map(({ msg, quota }) => ({ of: comparableName(msg.replace(/^[^:]*: /, '')), tallies: {}, quota }))
  return [...inRounds, ...inActions]
}

/** Those that were not hopeful any more are left out by one program, and kept as they were by the other. */
function quotientsOf(
  { of, tallies }: Decision,
  quotientOf: (name: string, quotient: string) => string,
): Record<string, string> {
  const own = Object.entries(tallies).map(([name, quotient]) => [comparableName(name), quotient] as const)
  return Object.fromEntries(
    own
      .filter(([name, quotient]) => name === of || Number(quotient) > 0)
      .map(([name, quotient]) => [name, place(quotientOf(name, quotient))]),
  )
}

/** Those programs cut and round at their last places, and so may differ there by a unit. */
function place(quotient: string): string {
  return Number(quotient).toFixed(7)
}

/** OpenSTV has twenty places, and prints the fraction without its leading zeros. */
function withLeadingZeros(quotient: string): string {
  const [whole, decimals = ''] = quotient.split('.')
  return `${whole}.${decimals.padStart(20, '0')}`
}

function excludedOf({ statuses }: Tabulation, names: readonly string[], most: number): string[] {
  return statuses
    .flatMap((status, option) =>
      status.kind === 'excluded' ? [{ name: names[option]!, round: status.round }] : [],
    )
    .sort((a, b) => a.round - b.round)
    .slice(0, most)
    .map(({ name }) => name)
}
