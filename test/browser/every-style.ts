import type { Selections } from '../../src/ballot/selections.ts'
import { type ContestDraft, option } from '../../src/election/contest-draft.ts'
import { contestOf } from '../tally/small-election.ts'

/** What a voter wants in a contest, in the words of the page. */
export type Wish =
  | { readonly choose: readonly string[]; readonly writeIn?: string }
  | { readonly rank: readonly (readonly string[])[] }
  | { readonly score: Readonly<Record<string, number>> }
  | { readonly grade: Readonly<Record<string, string>> }
  | { readonly blank: string }

const people = ['Ana Duarte', 'Bo Lindqvist', 'Carmen Ruiz', 'Dag Nyberg', 'Elif Kaya']

/** One contest for each way of marking a ballot. */
export const everyStyle: readonly ContestDraft[] = [
  contestOf('Chair', 'plurality', [], {
    description: 'Leads the chapter for two years.',
    options: [
      { ...option('Ana Duarte'), party: 'Open Platform', statement: 'Longer nights need more drivers.' },
      { ...option('Bo Lindqvist'), party: 'Depot List', symbol: 'lantern' },
      option('Carmen Ruiz'),
    ],
  }),
  contestOf('Committee', 'approval-vote', [], {
    max: 3,
    options: [...people.map(option), { ...option('None of the above'), role: 'none' }],
  }),
  contestOf('Auditors', 'block', people, { seats: 2, min: 2, max: 2, blank: false }),
  contestOf('Where to meet', 'approval-vote', ['Lisbon', 'Malmö', 'Sevilla', 'İzmir'], { randomOrder: true }),
  contestOf('Budget ideas', 'score', ['New kitchen', 'Night bus', 'Choir'], { rules: { highestScore: 5 } }),
  contestOf('Posters', 'score', ['Blue', 'Red'], { rules: { highestScore: 100 } }),
  contestOf('Secretary', 'majority-judgment', people.slice(0, 3)),
  contestOf('Delegates', 'irv', people),
  contestOf('Logo', 'schulze', ['Bird', 'Fish', 'Tree', 'Wheel']),
  contestOf('Council', 'dhondt', [], {
    seats: 5,
    options: [
      { ...option('List North'), members: ['Ines', 'Jonas', 'Kavita'] },
      { ...option('List South'), members: ['Luis', 'Mona'] },
    ],
  }),
  contestOf('Shall the club build a boathouse?', 'plurality', ['Yes', 'No'], { blankName: 'Abstain' }),
  contestOf('Honorary member', 'plurality', ['Olga Petrova'], { writeIn: true }),
]

/** What must be sealed for a wish. */
export function selectionsOfWish(
  wish: Wish,
  { options }: ContestDraft,
  grades: readonly string[],
): Selections {
  const place = (name: string) => options.findIndex((each) => each.name === name)
  if ('blank' in wish) return { kind: 'blank' }
  if ('rank' in wish) return { kind: 'ranking', ranks: wish.rank.map((rank) => rank.map(place).sort()) }
  if ('score' in wish) return { kind: 'scores', scores: options.map(({ name }) => wish.score[name] ?? 0) }
  if ('grade' in wish) {
    return {
      kind: 'grades',
      grades: options.map(({ name }) => {
        const grade = wish.grade[name]
        return grade === undefined ? null : grades.indexOf(grade)
      }),
    }
  }
  const { choose, writeIn } = wish
  return {
    kind: 'options',
    options: choose.map(place).sort((a, b) => a - b),
    ...(writeIn !== undefined && { writeIn }),
  }
}
