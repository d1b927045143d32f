import { opensAsTotals } from '../../ballot/room.ts'
import { ballotRulesOf, type Contest } from '../../election/contests.ts'
import type { EnteredRow } from '../../tally/entered-file.ts'
import { findOption } from '../../tally/option-names.ts'
import type { PaperTally } from './paper-schema.ts'
import { isPossible } from './paper-tally.ts'
import { PaperEntryInvalid } from './refusals.ts'
import type { PapersBeside } from './tally-of-file.ts'

/**
 * What somebody counted of a batch option by option.
 * @param rows those of the contest
 * @throws PaperEntryInvalid where the contest needs every paper, or no papers could say so; OptionNotFound
 */
export function tallyOfTotals(
  contest: Contest,
  rows: readonly EnteredRow[],
  beside: PapersBeside,
): PaperTally {
  const rules = ballotRulesOf(contest)
  const { title } = contest
  if (!opensAsTotals(rules) || !('max' in rules)) {
    throw new PaperEntryInvalid(
      `"${title}" is counted from every paper by itself: totals are not enough.`,
      { contest: title },
      'Give a file of ballots, such as BLT, or a CSV with a line for each paper.',
    )
  }
  const names = contest.options.map(({ name }) => name)
  const votes = names.map(() => 0)
  const others = { blank: beside.blank, invalid: beside.invalid, ballots: undefined as number | undefined }
  const seen = new Set<string>()
  for (const { what, figure, place } of rows) {
    const count = Number(figure)
    if (!Number.isSafeInteger(count))
      throw new PaperEntryInvalid(`In ${place}: ${figure} is no number of papers.`)
    const key = typeof what === 'string' ? what : names[findOption(names, what.option)]!
    if (seen.has(key)) throw new PaperEntryInvalid(`In ${place}: ${key} is there twice.`)
    seen.add(key)
    if (typeof what !== 'string') votes[findOption(names, what.option)] = count
    else if (what === 'ballots') others.ballots = count
    else others[what] += count
  }
  const missing = names.find((name) => !seen.has(name))
  if (missing !== undefined) throw new PaperEntryInvalid(`The votes of ${missing} are missing.`)
  if (others.blank > 0 && !rules.blank) {
    throw new PaperEntryInvalid(`"${title}" takes no blank papers: they are invalid.`)
  }
  const all = votes.reduce((sum, each) => sum + each, 0)
  // Beside (ballots), which has the blank ones as `urna tally enter` has them.
  const valid = others.ballots === undefined ? undefined : others.ballots - others.blank
  if (valid === undefined && rules.max > 1) {
    throw new PaperEntryInvalid(`On how many papers the votes in "${title}" were is missing: (ballots)`)
  }
  const papers = valid ?? all
  const { blank, invalid } = others
  const tally = { kind: 'totals', votes, valid: papers, blank, invalid } as const
  if (papers < 0 || !isPossible(tally, rules, names.length)) {
    throw new PaperEntryInvalid(`${papers} valid papers can't have these votes in "${title}".`)
  }
  return tally
}
