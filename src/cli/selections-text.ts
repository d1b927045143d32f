import type { Selections } from '../ballot/selections.ts'
import { writeInLabel } from '../ballot/write-in.ts'
import type { SealedContest } from '../election/sealed-election.ts'

/** A line for each contest, to be read once more before the ballot is sealed. */
export function describeSelections(
  contests: readonly SealedContest[],
  selections: readonly Selections[],
): string[] {
  return contests.map((contest, index) => `${contest.title}: ${describe(selections[index]!, contest)}`)
}

function describe(selections: Selections, { options, ballot }: SealedContest): string {
  const name = (option: number) => options[option] ?? ''
  switch (selections.kind) {
    case 'blank':
      return ballot.blankName ?? 'blank vote'
    case 'options': {
      const { writeIn } = selections
      const written = writeIn === undefined ? [] : [writeInLabel(writeIn)]
      return [...selections.options.map(name), ...written].join(', ')
    }
    case 'ranking':
      return selections.ranks.map((rank, index) => `${index + 1}. ${rank.map(name).join(' = ')}`).join(', ')
    case 'scores':
      return selections.scores.map((score, option) => `${name(option)} ${score}`).join(', ')
    case 'grades': {
      const grades = ballot.style === 'grade' ? ballot.grades : []
      return selections.grades
        .flatMap((grade, option) => (grade === null ? [] : [`${name(option)}: ${grades[grade]}`]))
        .join(', ')
    }
  }
}
