import type { OptionIndex } from '../option-index.ts'
import type { PairwiseVotes } from '../pairwise.ts'

/** The one among these that beats each of the others in pairs. */
export function condorcetWinner(
  votes: PairwiseVotes,
  among: readonly OptionIndex[],
): OptionIndex | undefined {
  return among.find((option) => among.every((other) => other === option || beats(votes, option, other)))
}

/** The one among these that each of the others beats in pairs. */
export function condorcetLoser(votes: PairwiseVotes, among: readonly OptionIndex[]): OptionIndex | undefined {
  if (among.length === 1) return undefined
  return among.find((option) => among.every((other) => other === option || beats(votes, other, option)))
}

/** The smallest set whose members each beat all that are outside, in ascending order. */
export function smithSet(votes: PairwiseVotes, among: readonly OptionIndex[]): OptionIndex[] {
  const winsOf = (option: OptionIndex) => among.filter((other) => beats(votes, option, other)).length
  const drawsOf = (option: OptionIndex) =>
    among.filter((other) => votes[option]![other]! === votes[other]![option]!).length
  // Whoever has most wins, a draw being half of one, is in every set of that kind.
  const scores = new Map(among.map((option) => [option, 2 * winsOf(option) + drawsOf(option)]))
  const most = Math.max(...scores.values())
  const set = among.filter((option) => scores.get(option) === most)
  const isIn = new Set(set)
  for (const member of set) {
    for (const option of among) {
      if (isIn.has(option) || beats(votes, member, option)) continue
      isIn.add(option)
      set.push(option)
    }
  }
  return set.sort((a, b) => a - b)
}

/**
 * The union of the smallest sets that nobody outside beats, in ascending order: those that have a chain of
 * wins back to whoever has one to them.
 */
export function schwartzSet(votes: PairwiseVotes, among: readonly OptionIndex[]): OptionIndex[] {
  const reached = new Map(among.map((option) => [option, reachableFrom(votes, among, option)]))
  return among.filter((option) =>
    among.every((other) => !reached.get(other)!.has(option) || reached.get(option)!.has(other)),
  )
}

function reachableFrom(
  votes: PairwiseVotes,
  among: readonly OptionIndex[],
  from: OptionIndex,
): ReadonlySet<OptionIndex> {
  const reached = new Set([from])
  for (const option of reached) {
    for (const other of among) if (beats(votes, option, other)) reached.add(other)
  }
  return reached
}

function beats(votes: PairwiseVotes, option: OptionIndex, other: OptionIndex): boolean {
  return votes[option]![other]! > votes[other]![option]!
}
