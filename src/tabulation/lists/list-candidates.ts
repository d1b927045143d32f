import { mostVotes } from '../most-votes.ts'
import type { OptionIndex } from '../option-index.ts'
import { unitsToReach } from '../threshold.ts'
import type { Tie, TieQuestion } from '../ties.ts'
import type { ListTies } from './allotment.ts'
import type { ListRules } from './list-rules.ts'
import type { ListTally, PartyList } from './list-tally.ts'

interface SeatedCandidates {
  /** Who takes each seat, in the order of award; the list itself where it names no candidates. */
  readonly seated: readonly OptionIndex[]
  readonly ties: readonly Tie[]
  readonly open?: TieQuestion
}

/** Gives the seats of each list to its candidates, the first seat to the first of them. */
export function seatCandidates(seating: {
  readonly tally: ListTally
  readonly rules: ListRules
  readonly seats: number
  /** The list of each seat. */
  readonly awards: readonly OptionIndex[]
  readonly ties: ListTies
}): SeatedCandidates {
  const { tally, rules, seats, awards, ties } = seating
  const settled: Tie[] = []
  let open: TieQuestion | undefined
  const seatedOf = new Map<OptionIndex, OptionIndex[]>()
  for (const list of tally.lists) {
    const { option, candidates } = list
    const places = awards.filter((list) => list === option).length
    if (candidates === undefined || places === 0) continue
    const preferred = preferredCandidates(list, tally, rules, seats)
    const choice = mostVotes({
      votes: tally.marks.votes,
      among: preferred,
      places,
      method: ties.method,
      round: 1,
      to: 'elect',
      chain: ties.chain,
      breaks: ties.breaks,
    })
    settled.push(...choice.ties)
    open ??= choice.open
    const others = candidates.filter((candidate) => !preferred.includes(candidate))
    const ahead = preferred.length >= places ? choice.chosen : [...choice.chosen, ...others]
    seatedOf.set(option, ahead.slice(0, places))
  }
  const seated = awards.flatMap((list) => {
    const own = seatedOf.get(list)
    if (own === undefined) return [list]
    const next = own.shift()
    return next === undefined ? [] : [next]
  })
  return { seated, ties: settled, ...(open && { open }) }
}

/** Those who come before the order of their list. */
function preferredCandidates(
  { option, candidates = [] }: PartyList,
  tally: ListTally,
  rules: ListRules,
  seats: number,
): readonly OptionIndex[] {
  switch (rules.order) {
    case 'as listed':
      return []
    case 'preference votes':
      return candidates
    case 'preference votes over a share': {
      const all = tally.listVotes.reduce((sum, votes) => sum + votes, 0n)
      // A share of the votes per seat is reached by what, times the seats, is that share of all votes.
      const [base, factor] =
        rules.preferenceBase === 'votes of the list' ? [tally.listVotes[option]!, 1n] : [all, BigInt(seats)]
      const needed = unitsToReach(rules.preferenceThreshold, base)
      return candidates.filter((candidate) => tally.marks.votes[candidate]! * factor >= needed)
    }
  }
}
