import type { Selectable } from 'kysely'
import { byteSlots, maxRanks } from '../ballot/room.ts'
import type { BallotRules } from '../ballot/rules.ts'
import type { Database, ReadTransaction } from '../store/unit-of-work.ts'
import { highestScoreOf, methodGrades } from './sealed-methods.ts'

export interface ContestOption extends Omit<Selectable<Database['contest_option']>, 'members'> {
  /** The candidates of a list, in its order. */
  members: readonly string[]
  /** SHA-256 of the photo, in hex; null where there is none. */
  photo: string | null
}

/** A contest as the file keeps it, with the rules of its method and its options in the order of the ballot. */
export interface Contest extends Omit<Selectable<Database['contest']>, 'rules' | 'grades'> {
  rules: Readonly<Record<string, unknown>>
  /** What the grades are called, the worst first; null where they have the names of the method. */
  grades: readonly string[] | null
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
    .leftJoin('candidate_photo', 'candidate_photo.option_id', 'contest_option.id')
    .selectAll('contest_option')
    .select('candidate_photo.sha256 as photo')
    .where('contest.election_id', '=', electionId)
    .orderBy('contest_option.position')
    .execute()
  return rows.map((row) => ({
    ...row,
    rules: JSON.parse(row.rules) as Record<string, unknown>,
    grades: row.grades === null ? null : (JSON.parse(row.grades) as string[]),
    options: options
      .filter((option) => option.contest_id === row.id)
      .map((option) => ({ ...option, members: JSON.parse(option.members) as string[] })),
  }))
}

/**
 * What a ballot of the contest may say. Limits that the options don't allow come out as they are, for
 * `setUpFaultOf` to find.
 */
export function ballotRulesOf(contest: Contest): BallotRules {
  const { style, method, min_selections: min, options } = contest
  const count = options.length
  const max = contest.max_selections
  const none = options.findIndex(({ role }) => role === 'none')
  // In the order of the schema: the public election is one text.
  const common = {
    blank: contest.blank === 1,
    ...(contest.blank === 1 && contest.blank_name !== null && { blankName: contest.blank_name }),
    ...(none >= 0 && { none }),
  }
  switch (style) {
    case 'choice':
    case 'approval': {
      const writeIn = contest.write_in === 1
      const most = writeIn ? count + 1 : count
      return {
        ...{ style, min, max: max === noMaximum ? most : max, ...common },
        ...(writeIn && { writeIn }),
      }
    }
    case 'grade': {
      const grades = contest.grades ?? methodGrades(contest.rules).map(({ name }) => name)
      const { fewest, most } = gradedOptions(contest.rules, count)
      return {
        ...{ style, grades: [...grades] },
        ...{ min: Math.max(min, fewest), max: max === noMaximum ? most : max, ...common },
      }
    }
    case 'ranking':
      return {
        style,
        min,
        max: max === noMaximum ? maxRanks(count) : max,
        ...common,
        equalRanks: equalRanksIn.has(method) && count <= byteSlots,
        skippedRanks: false,
      }
    case 'score': {
      const highest = highestScoreOf(contest.rules)
      if (highest === undefined) throw new TypeError(`${method} sets no highest score`)
      return { style, highest, ...common }
    }
  }
}

/** How many options a ballot grades as far as the rules of the method have limits for it. */
function gradedOptions(
  { minOptions, maxOptions }: Contest['rules'],
  count: number,
): { fewest: number; most: number } {
  return {
    fewest: typeof minOptions === 'number' ? minOptions : 1,
    most: typeof maxOptions === 'number' ? Math.min(maxOptions, count) : count,
  }
}
