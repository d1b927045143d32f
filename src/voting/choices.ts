import { z } from 'zod'
import type { SplitChoice } from '../ballot/clear-choice.ts'
import { type BallotFault, faultOf, type Selections } from '../ballot/selections.ts'
import { cleanWriteIn } from '../ballot/write-in.ts'
import type { SealedContest } from '../election/sealed-election.ts'
import { jsonOf } from '../json-of.ts'
import { formatWeight, parseWeight } from '../register/weights.ts'
import { ChoicesInvalid } from './refusals.ts'

/** A contest by its title, or by its place on the ballot from 1. */
const contestName = z.union([z.string(), z.int().positive()])

const contestChoiceSchema = z.union([
  z.strictObject({
    contest: contestName,
    choices: z.array(z.string()),
    /** A name that is not on the ballot. */
    writeIn: z.string().exactOptional(),
  }),
  /** Best first; names in one inner array share a rank. */
  z.strictObject({ contest: contestName, ranking: z.array(z.union([z.string(), z.array(z.string())])) }),
  /** By the name of the option; those left out have 0. */
  z.strictObject({ contest: contestName, scores: z.record(z.string(), z.int().nonnegative()) }),
  /** The name of a grade by the name of the option; those left out have none. */
  z.strictObject({ contest: contestName, grades: z.record(z.string(), z.string()) }),
  z.strictObject({ contest: contestName, blank: z.literal(true) }),
])

/** Parts of the voter's weight in votes, such as "0.3", each with what it chooses. */
const splitSchema = z.strictObject({
  contest: contestName,
  split: z.array(z.looseObject({ weight: z.string() })).min(1),
})

/** What a voter chooses, as a file says it. */
const choicesSchema = z.strictObject({ contests: z.array(z.union([contestChoiceSchema, splitSchema])) })

type ContestChoice = z.infer<typeof contestChoiceSchema>
type WrittenChoice = ContestChoice | z.infer<typeof splitSchema>

/**
 * What a file of choices selects in each contest of the ballot, with parts of the weight where it divides that.
 * @throws ChoicesInvalid naming the contest and what is wrong
 */
export function selectionsOfChoices(
  text: string,
  contests: readonly SealedContest[],
): (Selections | SplitChoice)[] {
  const chosen = new Map<SealedContest, WrittenChoice>()
  for (const choice of parseChoices(text)) {
    const contest = contestOf(choice, contests)
    if (chosen.has(contest)) throw new ChoicesInvalid({ contest: contest.title, reason: 'it is there twice' })
    chosen.set(contest, choice)
  }
  return contests.map((contest) => {
    const choice = chosen.get(contest)
    if (choice === undefined) {
      const hint = contest.ballot.blank ? '; for a blank vote say "blank": true' : ''
      throw new ChoicesInvalid({ contest: contest.title, reason: `nothing is chosen${hint}` })
    }
    if (!('split' in choice)) return checkedSelections(choice, contest)
    const parts = choice.split.map(({ weight, ...part }) => {
      const read = contestChoiceSchema.safeParse({ contest: choice.contest, ...part })
      if (!read.success) {
        throw new ChoicesInvalid({ contest: contest.title, reason: 'a part is not written as a choice is' })
      }
      const micros = parseWeight(weight)
      if (micros === undefined) {
        const reason = `"${weight.slice(0, 40)}" is no part of a weight: write votes, such as "0.3"`
        throw new ChoicesInvalid({ contest: contest.title, reason })
      }
      return { weight: formatWeight(micros), choice: checkedSelections(read.data, contest) }
    })
    return { kind: 'split', parts }
  })
}

/** @throws ChoicesInvalid */
function checkedSelections(choice: ContestChoice, contest: SealedContest): Selections {
  const selections = selectionsOf(choice, contest)
  const fault = faultOf(selections, contest.ballot, contest.options.length)
  if (fault === undefined) return selections
  throw new ChoicesInvalid({ contest: contest.title, reason: sentenceOfFault(fault, contest) })
}

function parseChoices(text: string): readonly WrittenChoice[] {
  const json = jsonOf(text)
  if (json === undefined) throw new ChoicesInvalid({ reason: 'The choices are not JSON.' })
  const parsed = choicesSchema.safeParse(json)
  if (parsed.success) return parsed.data.contests
  // No deeper than the contest: below it, a place can be the name of an option.
  const place = parsed.error.issues[0]?.path.slice(0, 2).map(String).join('.') ?? ''
  throw new ChoicesInvalid({
    reason: `The choices are not written as they should be${place === '' ? '' : `, at ${place}`}: see urna vote --help.`,
  })
}

function contestOf({ contest: name }: WrittenChoice, contests: readonly SealedContest[]): SealedContest {
  const found =
    typeof name === 'number' ? contests[name - 1] : contests.find((contest) => sameName(contest.title, name))
  if (found !== undefined) return found
  const known = contests.map((contest, index) => `${index + 1} (${contest.title})`).join(', ')
  throw new ChoicesInvalid({ reason: `There is no contest ${name} on this ballot, only ${known}.` })
}

function selectionsOf(choice: ContestChoice, contest: SealedContest): Selections {
  const optionOf = (name: string, index: number) => optionIndex(name, contest, `choice ${index + 1}`)
  if ('blank' in choice) return { kind: 'blank' }
  if ('choices' in choice) {
    const options = choice.choices.map(optionOf).sort((a, b) => a - b)
    const { writeIn } = choice
    return { kind: 'options', options, ...(writeIn !== undefined && { writeIn: cleanWriteIn(writeIn) }) }
  }
  if ('ranking' in choice) {
    const ranks = choice.ranking.map((rank, index) =>
      (typeof rank === 'string' ? [rank] : rank).map((name) =>
        optionIndex(name, contest, `rank ${index + 1}`),
      ),
    )
    return { kind: 'ranking', ranks }
  }
  if ('scores' in choice) {
    const scores = byOption(choice.scores, contest)
    return { kind: 'scores', scores: contest.options.map((_, option) => scores.get(option) ?? 0) }
  }
  const grades = byOption(choice.grades, contest)
  return {
    kind: 'grades',
    grades: contest.options.map((_, option) => gradeOf(grades.get(option), contest)),
  }
}

function byOption<Value>(given: Readonly<Record<string, Value>>, contest: SealedContest): Map<number, Value> {
  const values = new Map<number, Value>()
  for (const [index, [name, value]] of Object.entries(given).entries()) {
    const option = optionIndex(name, contest, `choice ${index + 1}`)
    if (values.has(option))
      throw new ChoicesInvalid({ contest: contest.title, reason: 'one option is there twice' })
    values.set(option, value)
  }
  return values
}

function gradeOf(name: string | undefined, { title, ballot }: SealedContest): number | null {
  if (name === undefined || ballot.style !== 'grade') return null
  const grade = ballot.grades.findIndex((each) => sameName(each, name))
  if (grade >= 0) return grade
  throw new ChoicesInvalid({
    contest: title,
    reason: `one grade is none of its grades; they are ${ballot.grades.join(', ')}`,
  })
}

/** @param place where it stands: what was chosen is not told, not even in a refusal */
function optionIndex(name: string, { title, options }: SealedContest, place: string): number {
  const index = options.findIndex((option) => sameName(option, name))
  if (index >= 0) return index
  const known = options.length > 20 ? '' : `; they are ${options.join(', ')}`
  throw new ChoicesInvalid({ contest: title, reason: `${place} is none of its options${known}` })
}

function sameName(a: string, b: string): boolean {
  return a.normalize('NFC').trim() === b.normalize('NFC').trim()
}

/** The end of a sentence. It never says which options were chosen. */
export function sentenceOfFault(fault: BallotFault, { ballot, options }: SealedContest): string {
  switch (fault.code) {
    case 'wrong-kind':
      return expectedKind[fault.expected]
    case 'unknown-option':
      return 'one choice is none of its options'
    case 'repeated-option':
      return 'one option is chosen twice'
    case 'too-few':
      return fault.selected === 0 && ballot.blank
        ? 'nothing is chosen; for a blank vote say "blank": true'
        : `${fault.selected} chosen, and at least ${fault.min} must be`
    case 'too-many':
      return `${fault.selected} chosen, and at most ${fault.max} may be`
    case 'blank-not-allowed':
      return 'a blank vote is not allowed'
    case 'equal-ranks':
      return `rank ${fault.rank} has several options, and it takes one`
    case 'skipped-rank':
      return `rank ${fault.rank} is empty, and none may be skipped`
    case 'rank-out-of-range':
      return `there are ${options.length} ranks, and rank ${fault.rank} is used`
    case 'score-out-of-range':
      return `scores go from 0 to ${fault.highest}`
    case 'scores-missing':
      return `${fault.scores} scores for ${fault.options} options`
    case 'grade-out-of-range':
      return `there are ${fault.grades} grades`
    case 'grades-missing':
      return `${fault.grades} grades for ${fault.options} options`
    case 'none-and-more':
      return `who chooses "${options[fault.none]}" chooses nothing else`
    case 'write-in-not-allowed':
      return 'no name may be written in'
    case 'write-in-unreadable':
      return fault.why === 'empty'
        ? 'the name that is written in has no letter'
        : 'the name that is written in has a character that a ballot does not take'
    case 'write-in-too-long':
      return `the name that is written in takes ${fault.bytes} bytes, and there is room for ${fault.room}`
    case 'unreadable':
      return 'this is no vote of this contest'
  }
}

const expectedKind: Readonly<Record<SealedContest['ballot']['style'], string>> = {
  choice: 'it wants "choices", a list of names',
  approval: 'it wants "choices", a list of names',
  ranking: 'it wants "ranking", a list of names, best first',
  score: 'it wants "scores", a number for each name',
  grade: 'it wants "grades", the name of a grade for each name',
}
