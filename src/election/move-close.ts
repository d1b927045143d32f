import type { WriteTransaction } from '../store/unit-of-work.ts'
import { type Change, changesBetween } from './changes.ts'
import type { Election } from './find-election.ts'
import { requireApproval } from './require-approval.ts'
import { overSince } from './schedule.ts'
import { CloseUnmovable, TimeOver } from './time-refusals.ts'
import { momentOfText, sentenceOfTimeFault } from './zoned-time.ts'

/**
 * Moves the closing time of an election that takes ballots, later or earlier, never to the past. Once that time has
 * come it stays: ballots were refused on account of it.
 * @param input.closes as `momentOfText` reads it, in the zone of the election
 * @throws CloseUnmovable, TimeOver, ApprovalNeeded
 */
export async function moveClose(
  tx: WriteTransaction,
  election: Election,
  { closes, reason }: { closes: string; reason: string | undefined },
): Promise<Change[]> {
  const { slug, zone } = election
  if (overSince(election, tx.now) !== null) throw new TimeOver(election)
  const moment = momentOfText(closes, zone)
  if (typeof moment !== 'string') throw new CloseUnmovable(capitalised(sentenceOfTimeFault(closes, moment)))
  if (moment <= tx.now) throw new CloseUnmovable(`${closes} is past: to end the vote now, close it.`)
  const changes = changesBetween({ closesAt: election.closes_at }, { closesAt: moment })
  if (changes.length > 0) {
    const why = reason?.trim() ?? ''
    if (why === '')
      throw new CloseUnmovable(`Voters of ${slug} rely on its closing time: say why it is moved.`)
    // To end the vote sooner than announced is to close it.
    if (election.closes_at === null || moment < election.closes_at) {
      await requireApproval(tx, election, { deed: 'close', at: moment })
    }
    await tx.db.updateTable('election').set({ closes_at: moment }).where('id', '=', election.id).execute()
    await tx.record({ action: 'close-moved', election: slug, details: { changes, reason: why } })
  }
  return changes
}

function capitalised(sentence: string): string {
  return `${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}.`
}
