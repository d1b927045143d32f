import type { OptionIndex } from '../option-index.ts'
import { optionNamed } from '../option-named.ts'
import { type Threshold, unitsToReach } from '../threshold.ts'
import type { ContendingList } from './allotment.ts'
import type { ListRules } from './list-rules.ts'
import type { ListTally } from './list-tally.ts'

/** The lists that reach their threshold; only these take part in the allotment. */
export function listsOverThreshold(
  { lists, marks, listVotes }: ListTally,
  { threshold, base, exceptions }: ListRules,
  { options, seats }: { readonly options: readonly string[]; readonly seats: number },
): ContendingList[] {
  const all = listVotes.reduce((sum, votes) => sum + votes, 0n)
  const bases = {
    valid: all,
    'valid and blank': all + marks.blank,
    'all ballots': all + marks.blank + marks.invalid,
  }
  const own = new Map<OptionIndex, Threshold>()
  for (const { lists, threshold } of exceptions) {
    for (const name of lists) own.set(optionNamed(name, options), threshold)
  }
  const reaches = (option: OptionIndex) => {
    const needed = own.get(option) ?? threshold
    return needed === undefined || listVotes[option]! >= unitsToReach(needed, bases[base])
  }
  return lists
    .filter(({ option }) => reaches(option))
    .map(({ option, candidates }) => ({
      option,
      votes: listVotes[option]!,
      room: candidates?.length ?? seats + 1,
    }))
}
