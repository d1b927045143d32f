import { type BallotGroups, sharesRank, skippedRank } from './ballot-groups.ts'
import { ballotKinds } from './define-method.ts'
import type { BallotStyle } from './method.ts'
import { sortPairs } from './packed-entries.ts'
import { TabulationRefusal } from './refusals.ts'

/** Ballots as a method of some style can count them. */
interface RecastBallots {
  readonly ballots: BallotGroups
  /** What was done to them, for people; absent where nothing had to be. */
  readonly remark?: string
}

/**
 * Reads ballots of one style as those of another, where that has a plain meaning.
 *
 * Each group becomes one group, of the same number, so `sequence` and numbers of groups stay good; groups
 * that became alike are not joined.
 * @throws TabulationRefusal `ballot-style-mismatch` where there is no such meaning
 */
export function recastBallots(groups: BallotGroups, style: BallotStyle): RecastBallots {
  const kind = ballotKinds[style]
  if (groups.kind === kind) return { ballots: groups }
  const recast = recasts[groups.kind][style]
  if (recast === undefined) {
    throw new TabulationRefusal('ballot-style-mismatch', `Ballots of ${groups.kind} say no ${kind}.`, {
      style,
      ballots: groups.kind,
    })
  }
  return { ballots: eachRecast(groups, kind, recast), remark: recast.remark }
}

interface Recast {
  readonly remark: string
  /** Writes a ballot in no more room than it has, with its options in the order of its kind; answers its length. */
  readonly write: (ballot: Uint16Array, to: Uint16Array) => number
}

const firstRank: Recast = {
  remark: 'Each ballot counts for the option that it ranks first; several in that rank are an overvote.',
  write(ballot, to) {
    let from = 0
    while (ballot[from] === skippedRank) from++
    let end = from + 1
    while (ballot[end]! >= sharesRank && end < ballot.length) end++
    return writeOptions(ballot.subarray(from, end), to)
  },
}

/** Of lists, where one mark can be a list and the others its candidates. */
const marksOfFirstRank: Recast = {
  ...firstRank,
  remark: 'Each ballot marks the options that it ranks first, and no others.',
}

const everyRank: Recast = {
  remark: 'Each ballot approves every option that it ranks.',
  write: (ballot, to) => writeOptions(ballot, to),
}

const bestScore: Recast = {
  remark:
    'Each ballot counts for the option that it scores highest; several are an overvote, and 0 is no vote.',
  write(ballot, to) {
    let best = 1
    let end = 0
    for (let at = 0; at < ballot.length; at += 2) {
      const score = ballot[at + 1]!
      if (score < best) continue
      if (score > best) end = 0
      best = score
      to[end++] = ballot[at]!
    }
    return end
  },
}

const marksOfBestScore: Recast = {
  ...bestScore,
  remark: 'Each ballot marks the options that it scores highest, and no others; 0 is no mark.',
}

const everyScore: Recast = {
  remark: 'Each ballot approves every option to which it gives more than 0.',
  write(ballot, to) {
    let end = 0
    for (let at = 0; at < ballot.length; at += 2) if (ballot[at + 1]! > 0) to[end++] = ballot[at]!
    return end
  },
}

const byScore: Recast = {
  remark: 'Each ballot ranks the options by their scores, equal scores together; those without are unranked.',
  write(ballot, to) {
    // As (how far below the highest score, option): sorted, the highest scores come first.
    for (let at = 0; at < ballot.length; at += 2) {
      to[at] = 0xffff - ballot[at + 1]!
      to[at + 1] = ballot[at]!
    }
    sortPairs(to.subarray(0, ballot.length))
    const ranks = ballot.length / 2
    let previous = -1
    for (let rank = 0; rank < ranks; rank++) {
      const below = to[2 * rank]!
      to[rank] = below === previous ? to[2 * rank + 1]! | sharesRank : to[2 * rank + 1]!
      previous = below
    }
    return ranks
  },
}

const oneRank: Recast = {
  remark: 'Each ballot ranks the options that it selects first, all together, and no others.',
  write(ballot, to) {
    for (const [at, option] of ballot.entries()) to[at] = at === 0 ? option : option | sharesRank
    return ballot.length
  },
}

const recasts: Readonly<Record<BallotGroups['kind'], Partial<Readonly<Record<BallotStyle, Recast>>>>> = {
  rankings: { choice: firstRank, list: marksOfFirstRank, approval: everyRank },
  scores: { choice: bestScore, list: marksOfBestScore, approval: everyScore, ranking: byScore },
  selections: { ranking: oneRank },
}

/** The options of some ranks, ascending, each once. */
function writeOptions(ranks: Uint16Array, to: Uint16Array): number {
  let length = 0
  for (const entry of ranks) if (entry !== skippedRank) to[length++] = entry & ~sharesRank
  const options = to.subarray(0, length).sort()
  let end = 0
  for (const option of options) if (end === 0 || to[end - 1] !== option) to[end++] = option
  return end
}

function eachRecast(groups: BallotGroups, kind: BallotGroups['kind'], recast: Recast): BallotGroups {
  const { count, starts } = groups
  const entries = new Uint16Array(groups.entries.length)
  const newStarts = new Uint32Array(count + 1)
  for (let group = 0; group < count; group++) {
    const ballot = groups.entries.subarray(starts[group], starts[group + 1])
    const start = newStarts[group]!
    newStarts[group + 1] = start + recast.write(ballot, entries.subarray(start))
  }
  return { ...groups, kind, starts: newStarts, entries: entries.slice(0, newStarts[count]) }
}
