import type { GradeRules } from '../ballot/rules.ts'
import type { Selections } from '../ballot/selections.ts'
import type { SealedContest } from '../election/sealed-election.ts'
import { TokenMalformed } from '../voting/refusals.ts'
import { tokenOfText } from '../voting/token-text.ts'
import { printable } from './output.ts'
import { askOne, askSecret, askSeveral, askText } from './prompts.ts'

const flag = '--choices FILE'
const blankVote = -1
const done = -2
const noGrade = -3

/** Asks until what is typed has the shape of a token. @param note says what was wrong with it */
export async function askToken(note: (text: string) => void): Promise<string> {
  for (;;) {
    const typed = await askSecret('Your voting token', { flag: '--token-file FILE' })
    try {
      return tokenOfText(typed)
    } catch (error) {
      if (!(error instanceof TokenMalformed)) throw error
      note(`${error.message} ${error.hint ?? ''}`)
    }
  }
}

/** Asks a voter, contest by contest, until the ballot as a whole is right. @param note shows it */
export async function askSelections(
  contests: readonly SealedContest[],
  note: (text: string) => void,
): Promise<Selections[]> {
  for (;;) {
    const selections: Selections[] = []
    for (const contest of contests) selections.push(await askContest(contest))
    const lines = describeSelections(contests, selections).map((line) => `  ${line}`)
    note(`\nYour ballot:\n${lines.join('\n')}\n`)
    const choices = [
      { name: 'Seal it like this', value: 'seal' },
      { name: 'Choose again', value: 'again' },
    ]
    if ((await askOne('Is it as you want it?', { flag, choices })) === 'seal') return selections
  }
}

async function askContest(contest: SealedContest): Promise<Selections> {
  switch (contest.ballot.style) {
    case 'choice':
    case 'approval':
      return contest.ballot.max === 1 ? askForOne(contest) : askForSeveral(contest, contest.ballot)
    case 'ranking':
      return askForRanking(contest, contest.ballot)
    case 'score':
      return askForScores(contest, contest.ballot)
    case 'grade':
      return askForGrades(contest, contest.ballot)
  }
}

function blankChoice({ ballot }: SealedContest) {
  return ballot.blank ? [{ name: 'Blank vote', value: blankVote }] : []
}

function optionChoices({ options }: SealedContest) {
  return options.map((name, index) => ({ name: printable(name), value: index }))
}

async function askForOne(contest: SealedContest): Promise<Selections> {
  const choices = [...optionChoices(contest), ...blankChoice(contest)]
  const chosen = await askOne(printable(contest.title), { flag, choices })
  return chosen === blankVote ? { kind: 'blank' } : { kind: 'options', options: [chosen] }
}

async function askForSeveral(
  contest: SealedContest,
  { min, max, blank }: { min: number; max: number; blank: boolean },
): Promise<Selections> {
  const range = min === max ? `${min}` : `${min} to ${max}`
  const hint = `choose ${range}${blank ? ', or none for a blank vote' : ''}`
  const options = await askSeveral(`${printable(contest.title)} (${hint})`, {
    flag,
    choices: optionChoices(contest),
    validate: (count) => {
      if (count === 0 && blank) return true
      return (count >= min && count <= max) || `${count} chosen: please ${hint}.`
    },
  })
  if (options.length === 0) return { kind: 'blank' }
  return { kind: 'options', options: options.sort((a, b) => a - b) }
}

/** One preference after the other, until the voter has no more. */
async function askForRanking(
  contest: SealedContest,
  { min, max }: { min: number; max: number },
): Promise<Selections> {
  const ranking: number[] = []
  while (ranking.length < max) {
    const left = optionChoices(contest).filter(({ value }) => !ranking.includes(value))
    if (left.length === 0) break
    const end = ranking.length >= min ? [{ name: 'No more preferences', value: done }] : []
    const first = ranking.length === 0 ? blankChoice(contest) : []
    const message = `${printable(contest.title)}: preference ${ranking.length + 1}`
    const chosen = await askOne(message, { flag, choices: [...left, ...end, ...first] })
    if (chosen === blankVote) return { kind: 'blank' }
    if (chosen === done) break
    ranking.push(chosen)
  }
  return { kind: 'ranking', ranks: ranking.map((option) => [option]) }
}

async function askForScores(contest: SealedContest, { highest }: { highest: number }): Promise<Selections> {
  const scores: number[] = []
  for (const option of contest.options) {
    const answer = await askText(
      `${printable(contest.title)}: score for ${printable(option)} (0 to ${highest})`,
      {
        flag,
        default: '0',
        validate: (text) =>
          (/^\d{1,3}$/.test(text) && Number(text) <= highest) || `A whole number from 0 to ${highest}.`,
      },
    )
    scores.push(Number(answer))
  }
  return scores.some((score) => score > 0) ? { kind: 'scores', scores } : { kind: 'blank' }
}

async function askForGrades(contest: SealedContest, { grades: names }: GradeRules): Promise<Selections> {
  const best = names.map((name, value) => ({ name: printable(name), value })).reverse()
  const grades: (number | null)[] = []
  for (const option of contest.options) {
    const message = `${printable(contest.title)}: grade for ${printable(option)}`
    const grade = await askOne(message, { flag, choices: [...best, { name: 'No grade', value: noGrade }] })
    grades.push(grade === noGrade ? null : grade)
  }
  return grades.some((grade) => grade !== null) ? { kind: 'grades', grades } : { kind: 'blank' }
}

/** A line for each contest, to be read once more before the ballot is sealed. */
function describeSelections(contests: readonly SealedContest[], selections: readonly Selections[]): string[] {
  return contests.map(({ title, options, ballot }, index) => {
    const name = (option: number) => options[option] ?? ''
    return printable(`${title}: ${describe(selections[index]!, ballot, name)}`)
  })
}

function describe(
  selections: Selections,
  rules: SealedContest['ballot'],
  name: (option: number) => string,
): string {
  switch (selections.kind) {
    case 'blank':
      return rules.blankName ?? 'blank vote'
    case 'options': {
      const { options, writeIn } = selections
      return [...options.map(name), ...(writeIn === undefined ? [] : [`${writeIn} (write-in)`])].join(', ')
    }
    case 'grades': {
      const grades = rules.style === 'grade' ? rules.grades : []
      return selections.grades
        .flatMap((grade, option) => (grade === null ? [] : [`${name(option)}: ${grades[grade]}`]))
        .join(', ')
    }
    case 'ranking':
      return selections.ranks.map((rank, index) => `${index + 1}. ${rank.map(name).join(' = ')}`).join(', ')
    case 'scores':
      return selections.scores.map((score, option) => `${name(option)} ${score}`).join(', ')
  }
}
