import { methodById } from '../../src/tabulation/registry.ts'
import type { Round, Tabulation } from '../../src/tabulation/tabulation.ts'
import { sameOrDiffers } from './conformance.ts'
import type { Check } from './conformance-checks.ts'
import { expectedVotes, votesByName } from './stages.ts'
import { comparableName, corpusBallots, type Expectation } from './tabulation-corpus.ts'

/** A step of the log that the program `droop` writes. */
interface LoggedStep {
  readonly action?: string
  readonly tag?: string
  readonly msg: string
  readonly tallies: Readonly<Record<string, string>>
  readonly nt_votes: string
}

interface Stage {
  readonly votes: Readonly<Record<string, number>>
  readonly exhausted: number
}

/** Counts by rules, and compares with what the program `droop` logged after each transfer. */
export function droopCheck(method: string, rules: object): Check {
  return (corpusCase, expectation) => {
    const { options, ballots, withdrawn } = corpusBallots(corpusCase)
    const tabulation = methodById(method).tabulate({
      options,
      withdrawn,
      seats: expectation.seats,
      ballots,
      rules: { ties: ['ask'], ...rules },
      tieBreaks: { decide: ({ among }) => [among[0]!] },
    })
    const { actions } = expectation as Expectation & { readonly actions?: readonly LoggedStep[] }
    const theirRounds = new Map(
      expectation.winners.map(({ name, round }) => [comparableName(name), round] as const),
    )
    const names = options.map(comparableName)
    const counted = {
      quota: number(tabulation.rounds[0]!.quota!),
      rounds: [...theirRounds.values()].sort(ascending),
    }
    // In which order it elected those of one round that program doesn't say.
    const expected = {
      quota: number(expectation.quota!),
      rounds: tabulation.winners.map(({ option }) => theirRounds.get(names[option]!)),
    }
    if (actions === undefined) return sameOrDiffers(counted, expected)
    const stages = commonStages(names, tabulation, actions)
    return sameOrDiffers(
      { ...counted, stages: stages.counted, endsAlike: stages.endsAlike },
      { ...expected, stages: stages.logged, endsAlike: true },
    )
  }
}

/**
 * The stages of both, without surpluses of nothing, which that program transfers too.
 *
 * It also transfers the surpluses of the round in which all seats are filled; and the papers of one that is
 * excluded last stay in its Minneapolis count, but not those of several. Nothing else may be left over.
 */
function commonStages(names: readonly string[], tabulation: Tabulation, actions: readonly LoggedStep[]) {
  const rounds = tabulation.rounds.filter((round) => round.action.kind !== 'surplus' || hasMoved(round))
  const steps = actions.filter(
    (step, position) =>
      position === 0 || ((step.action ?? step.tag) === 'transfer' && !/ \(0\.?0*\)$/.test(step.msg)),
  )
  const common = Math.min(rounds.length, steps.length)
  const onlySurpluses = steps.slice(common).every(({ msg }) => msg.startsWith('Surplus'))
  const onlyLastExclusion =
    rounds.length - common <= 1 && rounds.slice(common).every(({ action }) => action.kind === 'exclude')
  return {
    counted: rounds.slice(0, common).map(
      (round): Stage => ({
        votes: votesByName(names, { votes: round.votes.map(cut) }),
        exhausted: number(round.exhausted),
      }),
    ),
    logged: steps.slice(0, common).map(
      ({ tallies, nt_votes }): Stage => ({
        votes: expectedVotes(
          Object.fromEntries(Object.entries(tallies).map(([name, votes]) => [name, cut(votes)])),
        ),
        exhausted: number(nt_votes),
      }),
    ),
    endsAlike: onlySurpluses && onlyLastExclusion,
  }
}

function hasMoved({ transfers }: Round): boolean {
  return transfers.some(
    ({ to, exhausted, loss }) =>
      to.some(({ votes }) => votes !== '0') || Number(exhausted) > 0 || Number(loss) > 0,
  )
}

/** To eleven places: of fractions that program shows eighteen and rounds them, and urna shows twelve and cuts. */
function cut(decimal: string): string {
  return decimal.replace(/(\.\d{11})\d+$/, '$1')
}

function number(decimal: string): number {
  return Number(cut(decimal))
}

function ascending(a: number, b: number): number {
  return a - b
}
