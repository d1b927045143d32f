import type { CastVoteRecord } from '../ballot/selections.ts'
import type { SealedContest } from '../election/sealed-election.ts'

/** What a ballot says in a contest, in words: `Ada and Bo`, `1 Di, 2 Eli`, `Elm: Good`. */
export function choiceInWords(record: CastVoteRecord, { ballot, options }: SealedContest): string {
  if (record.status === 'blank') return ballot.blankName ?? 'blank'
  if (record.status === 'invalid') return 'invalid'
  const { selections } = record
  const name = (option: number) => options[option]!
  switch (selections.kind) {
    case 'options': {
      const { options: chosen, writeIn } = selections
      return [...chosen.map(name), ...(writeIn === undefined ? [] : [`${writeIn} (write-in)`])].join(', ')
    }
    case 'ranking':
      return selections.ranks
        .map((rank, position) => `${position + 1} ${rank.map(name).join(' = ')}`)
        .join(', ')
    case 'scores':
      return selections.scores.map((score, option) => `${name(option)}: ${score}`).join(', ')
    case 'grades': {
      const grades = ballot.style === 'grade' ? ballot.grades : []
      return selections.grades
        .flatMap((grade, option) => (grade === null ? [] : [`${name(option)}: ${grades[grade]}`]))
        .join(', ')
    }
  }
}
