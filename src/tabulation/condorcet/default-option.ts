import * as z from 'zod'
import { formatDecimal, parseDecimal, rescale } from '../decimal.ts'
import type { OptionIndex } from '../option-index.ts'
import { optionNamed, standingOptionNamed } from '../option-named.ts'
import { TabulationRefusal } from '../refusals.ts'
import { nameList } from '../sentences.ts'
import type { TabulationInput, Working } from '../tabulation.ts'
import type { Comparison } from './compared-tabulation.ts'

/** So many ballots for an option to so many against it: `3:1`; the first number is not below the second. */
const ratio = z
  .string()
  .regex(/^[1-9]\d*:[1-9]\d*$/)
  .refine((text) => {
    const [votesFor, against] = ratioOf(text)
    return votesFor >= against
  })
  .describe('a ratio such as 3:1')

/** What an option needs against the default option: Debian Constitution, appendix A.5 (A.6 before 2022), 2 and 3. */
export const defaultOptionRules = {
  /** The option that stands for none of the others, by its name: further discussion, none of the above. */
  defaultOption: z.string().describe('the name of an option').optional(),
  /** The ballots that have to rank an option above the default option, in votes. */
  quorum: z
    .string()
    .refine((text) => parseDecimal(text) !== undefined)
    .describe('a number of votes')
    .optional(),
  /** For how many ballots above the default option there may be how many below. */
  majority: ratio.default('1:1'),
  /** Options that need another majority than that, each with its ratio. */
  majorities: z.record(z.string(), ratio).describe('a ratio for each of some options').optional(),
}

type DefaultOptionRules = z.output<z.ZodObject<typeof defaultOptionRules>>

/** What is left of a comparison when every option has been held against the default option. */
interface ComparisonLeft {
  readonly comparison: Comparison
  /** The default option, where others are left: it is below all of them, and takes no seat beside them. */
  readonly seatless?: OptionIndex
  /** Who was dropped and why, with a space at the end; empty where nobody was. */
  readonly sentence: string
  readonly workings: readonly Working[]
}

/**
 * Drops the options that want the quorum, or their majority over the default option.
 * @throws TabulationRefusal `rules-invalid` if the rules name what doesn't stand, or ask for a quorum or a
 *   majority over no default option
 */
export function againstDefaultOption(
  { options, rules }: TabulationInput<DefaultOptionRules>,
  comparison: Comparison,
): ComparisonLeft {
  if (rules.defaultOption === undefined) {
    refuseWithoutDefaultOption(rules)
    return { comparison, sentence: '', workings: [] }
  }
  const defaultOption = standingOptionNamed(rules.defaultOption, options, comparison.standing)
  const ratios = new Map(
    Object.entries(rules.majorities ?? {}).map(([name, ratio]) => [optionNamed(name, options), ratio]),
  )
  const standings = comparison.standing
    .filter((option) => option !== defaultOption)
    .map((option) => {
      const majority = ratios.get(option) ?? rules.majority
      const votesFor = comparison.votes[option]![defaultOption]!
      const against = comparison.votes[defaultOption]![option]!
      const wants = !reachesQuorum(votesFor, comparison.places, rules.quorum)
        ? ('quorum' as const)
        : !hasMajority(votesFor, against, majority)
          ? ('majority' as const)
          : undefined
      return { option, votesFor, against, majority, wants }
    })
  const left = standings.filter(({ wants }) => wants === undefined).map(({ option }) => option)
  const decimal = (votes: number) => formatDecimal(votes, comparison.places)
  return {
    comparison: { ...comparison, standing: [...left, defaultOption].sort((a, b) => a - b) },
    ...(left.length > 0 && { seatless: defaultOption }),
    sentence: (['quorum', 'majority'] as const)
      .map((want) =>
        droppedSentence(
          standings.filter(({ wants }) => wants === want).map(({ option }) => options[option]!),
          want,
          options[defaultOption]!,
        ),
      )
      .join(''),
    workings: [
      {
        title: `Against ${options[defaultOption]}, the default option`,
        head: ['option', 'above it', 'below it', 'quorum', 'majority', 'result'],
        rows: standings.map(({ option, votesFor, against, majority, wants }) => [
          options[option]!,
          decimal(votesFor),
          decimal(against),
          rules.quorum ?? '–',
          majority,
          wants === undefined ? 'stays' : `dropped: no ${wants}`,
        ]),
      },
    ],
  }
}

function refuseWithoutDefaultOption({ quorum, majority, majorities }: DefaultOptionRules): void {
  if (quorum === undefined && majority === '1:1' && majorities === undefined) return
  throw new TabulationRefusal('rules-invalid', 'A quorum or a majority needs a default option to be over.', {
    quorum,
    majority,
    majorities,
  })
}

function droppedSentence(names: readonly string[], want: 'quorum' | 'majority', over: string): string {
  if (names.length === 0) return ''
  const dropped = `${nameList(names)} ${names.length === 1 ? 'is' : 'are'} dropped`
  return want === 'quorum'
    ? `${dropped}: fewer ballots than the quorum rank ${names.length === 1 ? 'it' : 'them'} above ${over}. `
    : `${dropped}: without the majority needed over ${over}. `
}

/** "at least Q votes ranking that option above the default option" */
function reachesQuorum(votesFor: number, places: number, quorum: string | undefined): boolean {
  if (quorum === undefined) return true
  const needed = parseDecimal(quorum)!
  const scale = Math.max(places, needed.places)
  return rescale({ units: BigInt(votesFor), places }, scale) >= rescale(needed, scale)
}

/** "V(A,D) is greater or equal to N * V(D,A) and V(A,D) is strictly greater than V(D,A)" */
function hasMajority(votesFor: number, against: number, majority: string): boolean {
  const [most, least] = ratioOf(majority)
  return votesFor > against && BigInt(votesFor) * least >= BigInt(against) * most
}

function ratioOf(text: string): readonly [bigint, bigint] {
  const [votesFor, against] = text.split(':')
  return [BigInt(votesFor!), BigInt(against!)]
}
