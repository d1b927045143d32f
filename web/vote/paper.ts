import type { BallotRules } from '../../src/ballot/rules.ts'
import { shownOrder } from '../../src/ballot/shown-order.ts'
import { randomBelow } from '../../src/sealing/random-below.ts'
import type { PaperContest } from '../../src/voting/ballot-paper-schema.ts'
import type { OpenedElection } from './sealing-desk.ts'

/** An option as it stands on the page. */
export interface PaperOption {
  /** On the ballot, from 0. */
  readonly index: number
  readonly name: string
  /** The candidates of a list. */
  readonly members: readonly string[]
  readonly statement: string
  readonly party: string | null
  readonly symbol: string | null
  readonly photo: string | null
}

/** A contest as it stands on the page. */
export interface PageContest {
  /** From 0. */
  readonly index: number
  readonly title: string
  readonly description: string
  readonly seats: number
  readonly rules: BallotRules
  /** In the order in which this voter sees them. */
  readonly options: readonly PaperOption[]
}

/**
 * The contests to be shown. Titles, options and rules come from the election that ballots are bound to, which its
 * fingerprint vouches for; only what stands beside them is taken from the paper.
 */
export function contestsOnPage(
  { contests }: OpenedElection,
  paper: readonly PaperContest[],
): readonly PageContest[] {
  return contests.map((contest, index) => {
    const { title, seats, ballot: rules, options, lists } = contest
    const beside = paper[index]
    const shown = shownOrder(contest, randomBelow).map((option): PaperOption => {
      const name = options[option]!
      const { statement = '', party = null, symbol = null, photo = null } = beside?.options[option] ?? {}
      return { index: option, name, members: lists?.[option] ?? [], statement, party, symbol, photo }
    })
    return {
      ...{ index, title, seats, rules, description: beside?.description ?? '' },
      options: shown,
    }
  })
}

/** @param index of the option on the ballot */
export function optionName({ options }: PageContest, index: number): string {
  return options.find((option) => option.index === index)?.name ?? ''
}
