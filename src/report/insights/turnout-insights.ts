import { countedNoun, listOf, percentOf } from '../narrative.ts'
import type { Drivers, Irregular, Prediction, Spikes } from './insight-schema.ts'
import {
  adjustedChances,
  chanceOf,
  differenceOf,
  median,
  predictedShare,
  robustScores,
  type Share,
} from './statistics.ts'

/** Fewer earlier elections than this predict nothing. */
export const fewestElections = 5

/** An hour with so many standard deviations above the median stands out. */
const outlyingScore = 3.5
const fewestHours = 12
const fewestVotes = 30

/** Of all tests together, how often something may be called irregular that is chance. */
const errorRate = 0.05
/** In percentage points: what differs by less is not worth a word, however sure it is. */
const leastDifference = 5

/** A part of the roll that is large enough to be told. */
export interface Group extends Share {
  readonly by: 'status' | 'region' | 'chapter' | 'district'
  readonly name: string
}

/** @param earlier elections of the same organisation */
export function predictTurnout(
  actual: Share,
  earlier: readonly (Share & { readonly election: string })[],
): Prediction {
  const elections = earlier.map(({ election, voters, voted }) => ({ election, voters, voted }))
  const facts = {
    kind: 'turnout-prediction',
    method: `The mean of the turnouts of earlier elections, each counting once, with the interval in which the next lies 95 times of 100 if it is drawn as they were (Student's t); from ${fewestElections} elections on, rehearsals and runoffs left out.`,
    caveat:
      'It takes the earlier elections for alike and independent: no trend, no season, nothing of what was voted on. Outside the interval is unusual, not wrong.',
    elections,
    actual: { voters: actual.voters, voted: actual.voted },
  } as const
  if (elections.length < fewestElections || actual.voters === 0) {
    const sentence = `Nothing is predicted: the file has ${countedNoun(elections.length, 'earlier election')} with a turnout, and ${fewestElections} are needed.`
    return { ...facts, standing: 'refused', sentence, predicted: null }
  }
  const { mean, lower, upper } = predictedShare(
    elections.map(({ voters, voted }) => voted / voters),
    actual.voters,
  )
  const share = actual.voted / actual.voters
  const place = share < lower ? 'below' : share > upper ? 'above' : 'inside'
  const predicted = { mean: percent(mean), lower: percent(lower), upper: percent(upper) }
  return {
    ...facts,
    standing: place === 'inside' ? 'nothing' : 'found',
    sentence: `${actual.voted} of ${actual.voters} voters voted, ${percentOf(actual.voted, actual.voters)}. From ${elections.length} earlier elections ${predicted.mean}% were expected, between ${predicted.lower}% and ${predicted.upper}%: the turnout is ${place} that interval.`,
    predicted,
  }
}

/**
 * @param hours how many voted in each hour from the opening on; undefined where that is not known
 * @param openedAt ISO 8601 in UTC
 * @param smallest fewer votes than this are not told of an hour
 */
export function findSpikes(
  hours: readonly number[] | undefined,
  { openedAt, smallest }: { openedAt: string | null; smallest: number },
): Spikes {
  const votes = (hours ?? []).reduce((sum, each) => sum + each, 0)
  const facts = {
    kind: 'casting-spikes',
    method: `The first vote of each voter, by the hour from the opening on. Of each hour's square root (Anscombe) the distance from the median, in standard deviations estimated from the median distance and never below that of chance; above ${outlyingScore} it stands out (Iglewicz and Hoaglin). From ${fewestHours} hours and ${fewestVotes} votes on; hours with fewer than ${smallest} votes are not named.`,
    caveat:
      'An opening, a reminder, a meeting and the last hour make spikes by themselves, and nights make hollows. A spike is a reason to look at what happened then, and no sign of fraud by itself.',
    hours: hours?.length ?? 0,
    votes,
  } as const
  if (hours === undefined || openedAt === null) {
    const sentence =
      'Nothing can be said of single hours: when each voter voted is not, or no longer, in the file.'
    return { ...facts, standing: 'refused', sentence, median: null, spikes: [] }
  }
  if (hours.length < fewestHours || votes < fewestVotes) {
    const sentence = `Too little to say anything of single hours: ${countedNoun(votes, 'vote')} in ${countedNoun(hours.length, 'hour')}.`
    return { ...facts, standing: 'refused', sentence, median: null, spikes: [] }
  }
  const scores = robustScores(hours)
  const spikes = hours.flatMap((count, hour) => {
    const score = scores[hour]!
    if (score <= outlyingScore || count < smallest) return []
    const from = new Date(Date.parse(openedAt) + hour * 3_600_000).toISOString()
    return [{ from, votes: count, score: score.toFixed(1) }]
  })
  const usual = median(hours)
  const range = `Of ${hours.length} hours the median has ${usual} of ${votes} votes`
  return {
    ...facts,
    standing: spikes.length === 0 ? 'nothing' : 'found',
    sentence:
      spikes.length === 0
        ? `${range}; no hour stands out.`
        : `${range}; ${countedNoun(spikes.length, 'hour')} stood out, the most with ${Math.max(...spikes.map((spike) => spike.votes))} votes.`,
    median: usual,
    spikes,
  }
}

/** @param groups of units, small ones merged before */
export function findIrregularUnits(whole: Share, groups: readonly Group[]): Irregular {
  const facts = {
    kind: 'irregular-units',
    method: `Each unit against the rest of the roll: Fisher's exact test, two-sided, the chances raised for their number (Holm) so that all of them together call chance irregular at most ${100 * errorRate} times of 100. Irregular is what stays below and differs by at least ${leastDifference} percentage points. Small units are merged and not tested.`,
    caveat:
      'Units differ for good reasons: who is in them, how they were told, who stood for election. The test says that chance does not explain a difference, not what does.',
  } as const
  const comparable = groups.filter(({ voters }) => voters > 0 && voters < whole.voters)
  if (comparable.length < 2) {
    const sentence = 'There are no two units that are large enough to be told and compared.'
    return { ...facts, standing: 'refused', sentence, tested: [] }
  }
  const chances = comparable.map((group) => chanceOf(group, whole))
  const adjusted = adjustedChances(chances)
  const tested = comparable.map((group, at) => {
    const { difference } = differenceOf(group, restOf(group, whole))
    return {
      ...plain(group),
      chance: chances[at]!.toFixed(6),
      adjusted: adjusted[at]!.toFixed(6),
      difference: percent(difference),
      irregular: adjusted[at]! < errorRate && Math.abs(100 * difference) >= leastDifference,
    }
  })
  const found = tested.filter(({ irregular }) => irregular)
  const named = found.map(
    ({ name, voters, voted, difference }) =>
      `${name} (${voted} of ${voters}, ${percentOf(voted, voters)}, ${signed(difference)} points against the rest)`,
  )
  return {
    ...facts,
    standing: found.length === 0 ? 'nothing' : 'found',
    sentence:
      found.length === 0
        ? `Of ${tested.length} units tested, none is irregular.`
        : `Of ${tested.length} units tested, ${found.length} ${found.length === 1 ? 'is' : 'are'} irregular: ${listOf(named)}.`,
    tested,
  }
}

/** @param groups by status and by unit, small ones merged before */
export function findDrivers(whole: Share, groups: readonly Group[]): Drivers {
  const facts = {
    kind: 'turnout-drivers',
    method:
      'Each group against the rest of the roll: the difference of their turnouts with an interval that holds the true one 95 times of 100 (Newcombe, method 10). Told is what does not reach over 0, the largest difference first.',
    caveat:
      'What goes with a turnout need not be its cause, and groups overlap. Each interval stands for itself: of twenty without any difference, one would be told.',
  } as const
  const compared = groups
    .filter(({ voters }) => voters > 0 && voters < whole.voters)
    .map((group) => ({ group, ...differenceOf(group, restOf(group, whole)) }))
  if (compared.length === 0) {
    return {
      ...facts,
      standing: 'refused',
      sentence: 'There is no group on the roll that is large enough to be told and compared.',
      groups: [],
    }
  }
  const told = compared
    .filter(({ lower, upper }) => lower > 0 || upper < 0)
    .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference))
    .map(({ group, difference, lower, upper }) => ({
      ...plain(group),
      difference: percent(difference),
      lower: percent(lower),
      upper: percent(upper),
    }))
  const named = told.map(
    ({ by, name, voters, voted, difference, lower, upper }) =>
      `${by} ${name}: ${voted} of ${voters}, ${signed(difference)} points against the rest (${signed(lower)} to ${signed(upper)})`,
  )
  return {
    ...facts,
    standing: told.length === 0 ? 'nothing' : 'found',
    sentence:
      told.length === 0
        ? `Of ${compared.length} groups compared, none differs from the rest by more than chance explains.`
        : `Of ${compared.length} groups compared, ${told.length} ${told.length === 1 ? 'differs' : 'differ'} from the rest: ${named.join('; ')}.`,
    groups: told,
  }
}

function restOf(part: Share, whole: Share): Share {
  return { voters: whole.voters - part.voters, voted: whole.voted - part.voted }
}

function plain({ by, name, voters, voted }: Group): Group {
  return { by, name, voters, voted }
}

/** To one place. @param share from -1 to 1 */
function percent(share: number): string {
  return (100 * share).toFixed(1)
}

function signed(points: string): string {
  return points.startsWith('-') ? points.replace('-', '−') : `+${points}`
}
