import * as z from 'zod'
import { standings } from '../election/standing.ts'
import { compareFractions, type Fraction, fraction, minus, times } from '../tabulation/exact-fraction.ts'
import { marginSchema, marginSentence, narrowestMargin } from './margin.ts'
import { listOf, outcomeSentence, percentOf, tieSentence, writeInSentences } from './narrative.ts'
import type { ContestResult, ElectionResultDocument } from './result-schema.ts'

/** An election of the same organisation that was counted before. */
export interface EarlierElection {
  readonly slug: string
  readonly title: string
  /** ISO 8601 in UTC. */
  readonly talliedAt: string
  readonly voters: number
  readonly voted: number
  /** Who was elected, by the title of the contest; empty where the result is not published. */
  readonly winners: ReadonlyMap<string, readonly string[]>
}

const turnout = { voters: z.int().nonnegative(), voted: z.int().nonnegative() }

/** A result in words: what `urna summary --json` answers. */
export const summarySchema = z.strictObject({
  election: z.string(),
  title: z.string(),
  organisation: z.string(),
  standing: z.enum(standings),
  standingSentence: z.string(),
  turnout: z.strictObject({ ...turnout, sentence: z.string() }),
  contests: z.array(
    z.strictObject({
      position: z.int().positive(),
      title: z.string(),
      outcome: z.enum(['decided', 'tied', 'runoff']),
      winners: z.array(z.string()).describe('In the order of their election.'),
      margin: marginSchema
        .nullable()
        .describe('Null where the method has no figure that one difference would tell.'),
      sentences: z.array(z.string()),
    }),
  ),
  earlier: z
    .array(
      z.strictObject({
        election: z.string(),
        title: z.string(),
        talliedAt: z.string().describe('ISO 8601 in UTC.'),
        ...turnout,
        sentence: z.string(),
      }),
    )
    .describe('Earlier elections of the same organisation in the file, the latest first.'),
})

export type Summary = z.infer<typeof summarySchema>

/**
 * What a result says, in sentences of which each number is from the result.
 * @param earlier of the same organisation, the latest first
 */
export function summaryOf(
  { election, turnout: { voters, voted }, enteredBy, contests }: ElectionResultDocument,
  earlier: readonly EarlierElection[],
): Summary {
  const { slug, title, organisation, standing, standingSentence } = election
  const entered = enteredBy === null ? '' : `; typed in by ${enteredBy.officer}, not counted here`
  return {
    election: slug,
    title,
    organisation,
    standing,
    standingSentence,
    turnout: {
      ...{ voters, voted },
      sentence: `${voted} of ${voters} voters voted, ${percentOf(voted, voters)}${entered}.`,
    },
    contests: contests.map((contest) => ({
      position: contest.position,
      title: contest.title,
      outcome: contest.tabulation.outcome.kind,
      winners: [...contest.winners],
      margin: narrowestMargin(contest) ?? null,
      sentences: contestSentences(contest, earlier),
    })),
    earlier: earlier.map((before) => ({
      election: before.slug,
      title: before.title,
      talliedAt: before.talliedAt,
      voters: before.voters,
      voted: before.voted,
      sentence: comparisonSentence({ voters, voted }, before),
    })),
  }
}

/** The summary as lines of text, each of them a sentence or a heading with sentences. */
export function summaryLines({ standingSentence, turnout, contests, earlier }: Summary): string[] {
  return [
    standingSentence,
    turnout.sentence,
    ...contests.map(({ title, sentences }) => `${headed(title)} ${sentences.join(' ')}`),
    ...earlier.map(({ sentence }) => sentence),
  ]
}

/** What is asked ends with its own mark. */
function headed(title: string): string {
  return /[?!.:…]$/.test(title) ? title : `${title}:`
}

function contestSentences(contest: ContestResult, earlier: readonly EarlierElection[]): string[] {
  const { tabulation, blankName } = contest
  const { rounds, ties, options, statistics, outcome, winners } = tabulation
  const margin = narrowestMargin(contest)
  const quota = rounds.findLast((round) => round.quota !== undefined)?.quota
  const last = rounds.at(-1)
  const unfilled = outcome.kind === 'decided' && winners.length === 0
  return [
    outcomeSentence(contest),
    // Why nothing is decided, or nobody elected: a quorum or a majority that was not reached.
    ...(last !== undefined && (unfilled || contest.rules.quorum !== undefined) ? [last.sentence] : []),
    ...(margin === undefined ? [] : [marginSentence(margin)]),
    ...(quota === undefined ? [] : [`${quota} votes were needed to be elected.`]),
    ...ties.filter(({ chosen }) => chosen !== undefined).map((tie) => tieSentence(tie, options)),
    `Votes: ${statistics.valid} valid, ${statistics.blank} ${blankName ?? 'blank'}, ${statistics.invalid} invalid.`,
    ...writeInSentences(tabulation),
    ...electedAgain(contest, earlier),
  ]
}

/** Who was elected in a contest of the same title at the last of the earlier elections that had one. */
function electedAgain({ title, winners }: ContestResult, earlier: readonly EarlierElection[]): string[] {
  const before = earlier.find((each) => each.winners.has(title))
  const again = new Set(winners.filter((name) => before?.winners.get(title)?.includes(name)))
  if (before === undefined || again.size === 0) return []
  return [`${listOf([...again])} ${again.size === 1 ? 'was' : 'were'} elected in "${before.title}" too.`]
}

type Turnout = Pick<EarlierElection, 'voters' | 'voted'>

function comparisonSentence(now: Turnout, before: EarlierElection): string {
  const { title, voters, voted } = before
  const then = `"${title}": ${voted} of ${voters} voters, ${percentOf(voted, voters)}.`
  if (now.voters === 0 || voters === 0) return then
  return `${then} ${differenceText(minus(fraction(now.voted, now.voters), fraction(voted, voters)))}`
}

/** In percentage points to one place, rounded once and from the exact difference. */
function differenceText(share: Fraction): string {
  const sign = compareFractions(share, fraction(0))
  if (sign === 0) return 'The turnout is the same now.'
  const { top, bottom } = times(share, fraction(sign * 1000))
  const tenths = (2n * top + bottom) / (2n * bottom)
  const points = tenths === 0n ? 'less than 0.1' : `${tenths / 10n}.${tenths % 10n}`
  return `The turnout is ${points} percentage points ${sign > 0 ? 'higher' : 'lower'} now.`
}
