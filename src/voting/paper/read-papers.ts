import type { Contest } from '../../election/contests.ts'
import { openBallots } from '../../interchange/open-ballots.ts'
import { readEnteredFile } from '../../tally/entered-file.ts'
import type { PaperTally } from './paper-schema.ts'
import { tallyOfFile } from './tally-of-file.ts'
import { tallyOfTotals } from './tally-of-totals.ts'

/**
 * Reads what an officer typed of the papers of a batch, in one contest.
 * @throws PaperEntryInvalid, OptionNotFound, InputUnreadable, BallotFileUnreadable, BallotFormatUnknown, EnteredResultInvalid
 */
export async function readPapers(
  contest: Contest,
  file: { path: string; totals: boolean; format: string | undefined; blank: number; invalid: number },
): Promise<PaperTally> {
  const { path, totals, format } = file
  const beside = { blank: file.blank, invalid: file.invalid }
  if (totals) {
    const { rows } = await readEnteredFile(path)
    const here = [undefined, contest.title, String(contest.position)]
    return tallyOfTotals(
      contest,
      rows.filter((row) => here.includes(row.contest)),
      beside,
    )
  }
  const options = { irregularities: 'refused', order: 'forgotten' } as const
  return tallyOfFile(
    contest,
    await openBallots({ path, ...(format !== undefined && { format }) }, options),
    beside,
  )
}
