import { mailMessages } from '../delivery/mail-folder.ts'
import { type MailNotice, readNotice } from '../delivery/mail-notice.ts'
import { findElection } from '../election/find-election.ts'
import { requireVoters } from '../election/purged.ts'
import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { MailFolderUnreadable } from './refusals.ts'

export interface TakenBounces {
  election: string
  /** Messages that were looked at. */
  messages: number
  /** Mails that are known to have come back since, and people who want no more. */
  bounced: number
  unsubscribed: number
  /** Notices of what was known already. */
  known: number
  /** Notices of mails that this election did not send. */
  foreign: number
  /** Messages that are no notices: absences, delays, answers. Somebody should read them. */
  others: number
}

/**
 * Reads what came back to the sender's mailbox. It may be read again: what is known changes nothing.
 * @param path a Maildir, an mbox, or a folder of .eml files
 * @throws MailFolderUnreadable, ElectionNotFound, ElectionPurged
 */
export async function takeBounces(
  work: UnitOfWork,
  { election: slug, path }: { election: string | undefined; path: string },
): Promise<TakenBounces> {
  const notices: MailNotice[] = []
  let messages = 0
  try {
    for await (const raw of mailMessages(path)) {
      messages++
      const notice = await readNotice(raw)
      if (notice !== undefined) notices.push(notice)
    }
  } catch (error) {
    throw new MailFolderUnreadable(path, (error as NodeJS.ErrnoException).code ?? 'unknown')
  }
  return work.write('take in bounces', async (tx) => {
    const election = await findElection(tx, slug)
    await requireVoters(tx, election, 'take in bounces')
    const counts = { bounced: 0, unsubscribed: 0, known: 0, foreign: 0 }
    for (const notice of notices) counts[await take(tx, election.id, notice)]++
    const { bounced, unsubscribed } = counts
    if (bounced + unsubscribed > 0) {
      await tx.record({
        action: 'bounces-taken',
        election: election.slug,
        details: { bounced, unsubscribed },
      })
    }
    return { election: election.slug, messages, ...counts, others: messages - notices.length }
  })
}

async function take(
  tx: WriteTransaction,
  electionId: number,
  { key, kind, status }: MailNotice,
): Promise<'bounced' | 'unsubscribed' | 'known' | 'foreign'> {
  const message = await tx.db
    .selectFrom('message as m')
    .innerJoin('mailing as g', 'g.id', 'm.mailing_id')
    .innerJoin('voter as v', 'v.id', 'm.voter_id')
    .innerJoin('election as e', 'e.id', 'g.election_id')
    .leftJoin('token as t', 't.id', 'm.token_id')
    .leftJoin('proxy as p', 'p.id', 't.proxy_id')
    // Who holds another's vote was written to, and not the voter.
    .leftJoin('member as a', (join) =>
      join.onRef('a.number', '=', 'p.acting_number').onRef('a.organisation_id', '=', 'e.organisation_id'),
    )
    .select(['m.id', 'm.state', 'v.member_id as own', 'a.id as acting', 'p.id as proxyId', 'g.channel'])
    .where('m.key', '=', key)
    .where('g.election_id', '=', electionId)
    .executeTakeFirst()
  if (message === undefined) return 'foreign'
  if (kind === 'bounced') {
    if (message.state === 'bounced') return 'known'
    await tx.db
      .updateTable('message')
      .set({ state: 'bounced', reason: status ?? 'bounced', at: tx.now, due_at: null })
      .where('id', '=', message.id)
      .execute()
    return 'bounced'
  }
  const memberId = message.proxyId === null ? message.own : message.acting
  if (memberId === null) return 'known'
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('unsubscribed')
    .values({ member_id: memberId, channel: message.channel, at: tx.now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n ? 'unsubscribed' : 'known'
}
