import { randomInt } from 'node:crypto'
import { selectsOptions, writeInRoom } from '../ballot/room.ts'
import type { GradeRules, RankingRules, ScoreRules, SelectionRules } from '../ballot/rules.ts'
import type { Selections } from '../ballot/selections.ts'
import { faultOf } from '../ballot/selections.ts'
import { shownOrder } from '../ballot/shown-order.ts'
import { cleanWriteIn, writeInBytes, writeInFault } from '../ballot/write-in.ts'
import type { SealedContest } from '../election/sealed-election.ts'
import { sentenceOfFault } from '../voting/choices.ts'
import { TokenMalformed } from '../voting/refusals.ts'
import { tokenOfText } from '../voting/token-text.ts'
import { printable } from './output.ts'
import { askOne, askSecret, askSeveral, askText } from './prompts.ts'
import { describeSelections } from './selections-text.ts'

const flag = '--choices FILE'
const blankVote = -1
const done = -2
const noGrade = -3
const otherName = -4

/** A contest as one voter is asked it. */
interface AskedContest extends SealedContest {
  /** Positions of the options, in the order in which this voter is shown them. */
  readonly order: readonly number[]
}

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
  const asked = contests.map((contest) => ({ ...contest, order: shownOrder(contest, randomInt) }))
  for (;;) {
    const selections: Selections[] = []
    for (const contest of asked) selections.push(await askUntilSound(contest, note))
    const lines = describeSelections(contests, selections).map((line) => `  ${printable(line)}`)
    note(`\nYour ballot:\n${lines.join('\n')}\n`)
    const choices = [
      { name: 'Seal it like this', value: 'seal' },
      { name: 'Choose again', value: 'again' },
    ]
    if ((await askOne('Is it as you want it?', { flag, choices })) === 'seal') return selections
  }
}

/** What one answer can't show by itself, such as how many options are graded, is said and asked again. */
async function askUntilSound(contest: AskedContest, note: (text: string) => void): Promise<Selections> {
  for (;;) {
    const selections = await askContest(contest)
    const fault = faultOf(selections, contest.ballot, contest.options.length)
    if (fault === undefined) return selections
    note(`${printable(contest.title)}: ${printable(sentenceOfFault(fault, contest))}. Please choose again.`)
  }
}

async function askContest(contest: AskedContest): Promise<Selections> {
  const { ballot } = contest
  switch (ballot.style) {
    case 'choice':
    case 'approval':
      return ballot.max === 1 ? askForOne(contest, ballot) : askForSeveral(contest, ballot)
    case 'ranking':
      return askForRanking(contest, ballot)
    case 'score':
      return askForScores(contest, ballot)
    case 'grade':
      return askForGrades(contest, ballot)
  }
}

function blankChoice({ ballot }: SealedContest) {
  return ballot.blank ? [{ name: printable(ballot.blankName ?? 'Blank vote'), value: blankVote }] : []
}

function optionChoices({ options, lists, order }: AskedContest) {
  return order.map((option) => {
    const members = lists?.[option] ?? []
    const list = members.length === 0 ? '' : `: ${members.join(', ')}`
    return { name: printable(`${options[option]}${list}`), value: option }
  })
}

function otherChoice({ ballot }: SealedContest) {
  const writeIn = selectsOptions(ballot) && ballot.writeIn
  return writeIn ? [{ name: 'Somebody else, whose name you write', value: otherName }] : []
}

async function askForOne(contest: AskedContest, rules: SelectionRules): Promise<Selections> {
  const choices = [...optionChoices(contest), ...otherChoice(contest), ...blankChoice(contest)]
  const chosen = await askOne(printable(contest.title), { flag, choices })
  if (chosen === blankVote) return { kind: 'blank' }
  if (chosen !== otherName) return { kind: 'options', options: [chosen] }
  return { kind: 'options', options: [], writeIn: await askName(contest, rules) }
}

async function askForSeveral(contest: AskedContest, rules: SelectionRules): Promise<Selections> {
  const { min, max, blank, none } = rules
  const range = min === max ? `${min}` : `${min} to ${max}`
  const hint = `choose ${range}${blank ? `, or none for ${rules.blankName ?? 'a blank vote'}` : ''}`
  const chosen = await askSeveral(`${printable(contest.title)} (${hint})`, {
    flag,
    choices: [...optionChoices(contest), ...otherChoice(contest)],
    validate: (count) => {
      if (count === 0 && blank) return true
      // That option stands alone, whatever the least number is.
      const few = none !== undefined && count === 1
      return (count <= max && (count >= min || few)) || `${count} chosen: please ${hint}.`
    },
  })
  if (chosen.length === 0) return { kind: 'blank' }
  const options = chosen.filter((option) => option !== otherName).sort((a, b) => a - b)
  if (!chosen.includes(otherName)) return { kind: 'options', options }
  return { kind: 'options', options, writeIn: await askName(contest, rules) }
}

async function askName({ title, options }: SealedContest, rules: SelectionRules): Promise<string> {
  const room = writeInRoom(rules, options.length)
  const typed = await askText(`${printable(title)}: the name (up to ${room} letters, fewer with accents)`, {
    flag,
    validate: (text) => {
      const name = cleanWriteIn(text)
      if (writeInFault(name) !== undefined) return 'A name, in letters, please.'
      const bytes = writeInBytes(name)
      return bytes <= room || `That takes ${bytes} bytes, and the sealed ballot has room for ${room}.`
    },
  })
  return cleanWriteIn(typed)
}

/** One preference after the other, until the voter has no more. */
async function askForRanking(contest: AskedContest, { min, max }: RankingRules): Promise<Selections> {
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

async function askForScores(contest: AskedContest, { highest }: ScoreRules): Promise<Selections> {
  const scores = Array<number>(contest.options.length).fill(0)
  for (const option of contest.order) {
    const name = printable(contest.options[option]!)
    const answer = await askText(`${printable(contest.title)}: score for ${name} (0 to ${highest})`, {
      flag,
      default: '0',
      validate: (text) =>
        (/^\d{1,3}$/.test(text) && Number(text) <= highest) || `A whole number from 0 to ${highest}.`,
    })
    scores[option] = Number(answer)
  }
  return scores.some((score) => score > 0) ? { kind: 'scores', scores } : { kind: 'blank' }
}

async function askForGrades(contest: AskedContest, rules: GradeRules): Promise<Selections> {
  const best = rules.grades.map((name, value) => ({ name: printable(name), value })).reverse()
  const grades = Array<number | null>(contest.options.length).fill(null)
  for (const option of contest.order) {
    const message = `${printable(contest.title)}: grade for ${printable(contest.options[option]!)}`
    const grade = await askOne(message, { flag, choices: [...best, { name: 'No grade', value: noGrade }] })
    grades[option] = grade === noGrade ? null : grade
  }
  return grades.some((grade) => grade !== null) ? { kind: 'grades', grades } : { kind: 'blank' }
}
