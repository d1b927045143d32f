import type { Selectable } from 'kysely'
import { byteSlots, maxRanks } from '../ballot/room.ts'
import type { BallotRules } from '../ballot/rules.ts'
import type { Database, ReadTransaction } from '../store/unit-of-work.ts'
import { highestScoreOf } from './sealed-methods.ts'

export type ContestOption = Selectable<Database['contest_option']>

/** A contest as the file keeps it, with the rules of its method and its options in the order of the ballot. */
export interface Contest extends Omit<Selectable<Database['contest']>, 'rules'> {
  rules: Readonly<Record<string, unknown>>
  options: ContestOption[]
}

/** Stands in `max_selections` where the contest sets no maximum of its own: as many as the ballot can say. */
export const noMaximum = 2_147_483_647

/** Methods whose voters may put several options on one rank, as far as a sealed ballot has room for it. */
const equalRanksIn: ReadonlySet<string> = new Set(['schulze'])

/** The contests of an election in the order of the ballot. */
export async function readContests(tx: ReadTransaction, electionId: number): Promise<Contest[]> {
  const rows = await tx.db
    .selectFrom('contest')
    .selectAll()
    .where('election_id', '=', electionId)
    .orderBy('position')
    .execute()
  const options = await tx.db
    .selectFrom('contest_option')
    .innerJoin('contest', 'contest.id', 'contest_option.contest_id')
    .selectAll('contest_option')
    .where('contest.election_id', '=', electionId)
    .orderBy('contest_option.position')
    .execute()
  return rows.map((row) => ({
    ...row,
    rules: JSON.parse(row.rules) as Record<string, unknown>,
    options: options.filter((option) => option.contest_id === row.id),
  }))
}

/**
 * What a ballot of the contest may say. Limits that the options don't allow come out as they are, for
 * `setUpFaultOf` to find.
 */
export function ballotRulesOf(contest: Contest): BallotRules {
  const { style, method, min_selections: min, options } = contest
  const blank = contest.blank === 1
  const count = options.length
  const max = contest.max_selections
  switch (style) {
    case 'choice':
    case 'approval':
      return { style, min, max: max === noMaximum ? count : max, blank }
    case 'ranking':
      return {
        style,
        min,
        max: max === noMaximum ? maxRanks(count) : max,
        blank,
        equalRanks: equalRanksIn.has(method) && count <= byteSlots,
        skippedRanks: false,
      }
    case 'score': {
      const highest = highestScoreOf(contest.rules)
      if (highest === undefined) throw new TypeError(`${method} sets no highest score`)
      return { style, highest, blank }
    }
  }
}
