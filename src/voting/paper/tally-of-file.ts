import { opensAsTotals } from '../../ballot/room.ts'
import { faultOf, type Selections } from '../../ballot/selections.ts'
import { ballotRulesOf, type Contest } from '../../election/contests.ts'
import { methodGrades } from '../../election/sealed-methods.ts'
import type { BallotFile } from '../../interchange/ballot-file.ts'
import { type BallotGroups, unpackRanking } from '../../tabulation/ballot-groups.ts'
import { recastBallots } from '../../tabulation/recast.ts'
import { TabulationRefusal } from '../../tabulation/refusals.ts'
import { methodById } from '../../tabulation/registry.ts'
import { findOption } from '../../tally/option-names.ts'
import type { PaperTally } from './paper-schema.ts'
import { groupedChoices } from './paper-tally.ts'
import { PaperEntryInvalid } from './refusals.ts'

/** Papers that a file has no place for: they are told beside it. */
export interface PapersBeside {
  readonly blank: number
  readonly invalid: number
}

/**
 * What a file of papers says in a contest. A paper that breaks the rules of the contest is an invalid one.
 * @throws PaperEntryInvalid, OptionNotFound
 */
export function tallyOfFile(
  contest: Contest,
  file: Pick<BallotFile, 'options' | 'ballots'>,
  beside: PapersBeside,
): PaperTally {
  const rules = ballotRulesOf(contest)
  const names = contest.options.map(({ name }) => name)
  if (beside.blank > 0 && !rules.blank) {
    throw new PaperEntryInvalid(`"${contest.title}" takes no blank papers: they are invalid.`, {})
  }
  const places = placesOf(file.options, names)
  if (file.ballots.kind === 'totals') {
    throw new PaperEntryInvalid(
      'A file of totals is told with --totals: a CSV with the columns option and votes.',
    )
  }
  const groups = recast(contest, file.ballots)
  const choices: { selections: Exclude<Selections, { kind: 'blank' }>; papers: number }[] = []
  const counts = { ...beside, invalid: beside.invalid + whole(groups, groups.invalid) }
  for (let group = 0; group < groups.count; group++) {
    const papers = whole(groups, groups.weights[group] ?? 0)
    const selections = selectionsOf(contest, { groups, group, places })
    if (faultOf(selections, rules, names.length) !== undefined) counts.invalid += papers
    else if (selections.kind === 'blank') counts.blank += papers
    else choices.push({ selections, papers })
  }
  if (!opensAsTotals(rules)) return { kind: 'ballots', choices: groupedChoices(choices), ...counts }
  const votes = names.map((_, option) =>
    choices.reduce(
      (sum, { selections, papers }) =>
        selections.kind === 'options' && selections.options.includes(option) ? sum + papers : sum,
      0,
    ),
  )
  return { kind: 'totals', votes, valid: choices.reduce((sum, { papers }) => sum + papers, 0), ...counts }
}

function placesOf(options: readonly string[], names: readonly string[]): number[] {
  const places = options.map((name) => findOption(names, name))
  const repeated = places.find((place, index) => places.indexOf(place) !== index)
  if (repeated !== undefined) {
    throw new PaperEntryInvalid(`${names[repeated]} is there twice.`, { option: names[repeated] })
  }
  return places
}

function recast(contest: Contest, ballots: BallotGroups): BallotGroups {
  try {
    return recastBallots(ballots, methodById(contest.method).style).ballots
  } catch (error) {
    if (!(error instanceof TabulationRefusal)) throw error
    throw new PaperEntryInvalid(`"${contest.title}" can't be read from this file: ${error.message}`)
  }
}

/** Weights of a file are numbers of papers. */
function whole({ weightPlaces }: BallotGroups, weight: number): number {
  const papers = weight / 10 ** weightPlaces
  if (Number.isInteger(papers)) return papers
  throw new PaperEntryInvalid(`${papers} is no number of papers.`)
}

function selectionsOf(
  contest: Contest,
  { groups, group, places }: { groups: BallotGroups; group: number; places: readonly number[] },
): Selections {
  const entries = groups.entries.subarray(groups.starts[group], groups.starts[group + 1])
  if (entries.length === 0) return { kind: 'blank' }
  switch (groups.kind) {
    case 'selections':
      return { kind: 'options', options: ascending([...entries].map((option) => places[option]!)) }
    case 'rankings':
      return {
        kind: 'ranking',
        ranks: unpackRanking(groups, group).map((rank) => ascending(rank.map((option) => places[option]!))),
      }
    case 'scores':
      return marksOf(contest, entries, places)
  }
}

/** Scores, 0 where the paper has none; or grades, by their place on the scale. */
function marksOf(contest: Contest, entries: Uint16Array, places: readonly number[]): Selections {
  const marks: (number | null)[] = contest.options.map(() => null)
  for (let at = 0; at < entries.length; at += 2) marks[places[entries[at]!]!] = entries[at + 1]!
  if (contest.style !== 'grade') {
    const scores = marks.map((mark) => mark ?? 0)
    return scores.every((score) => score === 0) ? { kind: 'blank' } : { kind: 'scores', scores }
  }
  const values = methodGrades(contest.rules).map(({ value }) => value)
  // A value that is none of the scale is out of range, and the paper invalid.
  return { kind: 'grades', grades: marks.map((mark) => (mark === null ? null : values.indexOf(mark))) }
}

function ascending(options: readonly number[]): number[] {
  return [...options].sort((a, b) => a - b)
}
