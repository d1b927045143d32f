import type { OptionIndex } from '../../tabulation/option-index.ts'
import type { Round, Tabulation } from '../../tabulation/tabulation.ts'

/** Where votes are: with an option, or no longer with any. */
export type Holder = OptionIndex | 'exhausted' | 'lost'

/** Votes that go from a holder in one round to a holder in the next. Numbers are for drawing, not for counting. */
export interface Flow {
  /** The position of the earlier round. */
  readonly round: number
  readonly from: Holder
  readonly to: Holder
  readonly votes: number
}

/**
 * How votes went from round to round; `undefined` where the rounds don't say: a single round, a method that
 * moves no papers, or one that counts every round anew.
 */
export function transferFlow({ rounds }: Pick<Tabulation, 'rounds'>): readonly Flow[] | undefined {
  if (rounds.length < 2 || !rounds.some(({ transfers }) => transfers.length > 0)) return undefined
  const flows = rounds.slice(1).flatMap((round, position) => between(rounds[position]!, round, position))
  return explains(rounds, flows) ? flows : undefined
}

function between(before: Round, after: Round, round: number): Flow[] {
  const flows: Flow[] = []
  const flow = (from: Holder, to: Holder, votes: number) => {
    if (votes > 0) flows.push({ round, from, to, votes })
  }
  for (const [option, votes] of before.votes.entries()) {
    const transfers = after.transfers.filter(({ from }) => from === option)
    if (transfers.length === 0) {
      flow(option, option, Number(votes))
      continue
    }
    for (const { to, exhausted, loss } of transfers) {
      for (const received of to) flow(option, received.option, Number(received.votes))
      flow(option, 'exhausted', Number(exhausted))
      flow(option, 'lost', Number(loss))
    }
    flow(option, option, Number(transfers.at(-1)!.kept))
  }
  flow('exhausted', 'exhausted', Number(before.exhausted))
  flow('lost', 'lost', Number(before.loss))
  return flows
}

/** Whether the flows into each option are its votes, but for the rounding of drawing. */
function explains(rounds: readonly Round[], flows: readonly Flow[]): boolean {
  const arrived = new Map<string, number>()
  for (const { round, to, votes } of flows) {
    const key = `${round + 1} ${to}`
    arrived.set(key, (arrived.get(key) ?? 0) + votes)
  }
  return rounds.every(
    ({ votes }, round) =>
      round === 0 ||
      votes.every((each, option) => {
        const all = Number(each)
        return Math.abs((arrived.get(`${round} ${option}`) ?? 0) - all) <= 1e-6 * Math.max(1, all)
      }),
  )
}
