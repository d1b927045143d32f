import type { Group } from '../../sealing/group.ts'
import type { ReadTransaction } from '../../store/unit-of-work.ts'
import { addDecimals } from '../../tabulation/decimal.ts'
import type { OpenSlidesPoll } from '../../tabulation/openslides/poll.ts'
import { type OpenSlidesResult, openSlidesResultOf } from '../../tabulation/openslides/result.ts'
import { countContest } from '../../tally/count-contest.ts'
import { EnteredResultInvalid } from '../../tally/count-refusals.ts'
import { readCountable } from '../../tally/countable-contests.ts'
import type { EnteredFile, EnteredRow } from '../../tally/entered-file.ts'
import { enteredFigure } from '../../tally/entered-result.ts'
import type { Election } from '../find-election.ts'

/** The result of a poll that is counted, as the vote service writes it; undefined before. */
export async function resultOfPoll(
  tx: ReadTransaction,
  group: Group,
  { election, poll }: { election: Election; poll: OpenSlidesPoll },
): Promise<OpenSlidesResult | undefined> {
  if (!['tallied', 'certified', 'archived'].includes(election.status)) return undefined
  const [countable] = (await readCountable(tx, group, election)) ?? []
  if (countable === undefined) return undefined
  const { contest, opened } = countable
  const { tabulation, invalid } = countContest(contest, opened, { tieBreaks: {}, writeIns: [] })
  const { none } = contest.ballot
  const ballots = invalid.reduce((sum, each) => sum + each.ballots, 0)
  return openSlidesResultOf(poll, {
    tabulation,
    nota: none === undefined ? '0' : tabulation.rounds[0]!.votes[none]!,
    // Only what was typed in is told as votes.
    invalid: opened.kind === 'totals' ? Number(tabulation.statistics.invalid) : ballots,
  })
}

/**
 * A result that a meeting service says of a poll without ballots, as an officer would type it in.
 * @param result votes by option id or answer; `invalid` is a number of ballots
 * @param names of the options of the contest, in its order
 * @throws EnteredResultInvalid
 */
export function enteredFileOf(
  poll: OpenSlidesPoll,
  result: Readonly<Record<string, string | number>>,
  names: readonly string[],
): EnteredFile {
  const places = new Map<string, number>(
    poll.method === 'approval'
      ? [['yes', 0], ['no', 1], ...(poll.config.allow_abstain ? [['abstain', 2] as const] : [])]
      : poll.options.map((id, index) => [String(id), index]),
  )
  if (poll.method === 'selection' && poll.config.allow_nota) places.set('nota', poll.options.length)
  const others = new Map<string, 'blank' | 'invalid'>([['invalid', 'invalid']])
  if (poll.method !== 'approval') others.set('abstain', 'blank')
  const figures = new Map(names.map((name) => [name, '0']))
  const rows: EnteredRow[] = []
  for (const [key, votes] of Object.entries(result)) {
    const figure = String(votes)
    if (!enteredFigure.safeParse(figure).success)
      throw new EnteredResultInvalid(`"${key}" has no number of votes`)
    const place = places.get(key)
    const what = others.get(key)
    if (place !== undefined) figures.set(names[place]!, figure)
    else if (what !== undefined) rows.push({ contest: undefined, what, figure, place: key })
    else throw new EnteredResultInvalid(`"${key}" is none of its options`)
  }
  const blank = rows.find(({ what }) => what === 'blank')?.figure ?? '0'
  // On how many papers they were nobody says: on as many as there are votes, at most.
  const ballots = {
    contest: undefined,
    what: 'ballots' as const,
    figure: addDecimals([...figures.values(), blank]),
  }
  return {
    rows: [
      ...Array.from(figures, ([option, figure]) => ({
        ...{ contest: undefined, what: { option }, figure, place: option },
      })),
      ...rows,
      { ...ballots, place: 'ballots' },
    ],
    voters: null,
    voted: null,
  }
}
