import type { Election } from '../election/find-election.ts'
import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { isGiven, isOwnLost } from '../voting/standing.ts'
import type { Due } from './plan-mailing.ts'
import type { SkipReason } from './recipients.ts'
import { leaseUntil } from './run-lease.ts'

/** What became of an attempt. */
export type Outcome =
  | { readonly state: 'sent' }
  | { readonly state: 'deferred'; readonly reason: string; readonly dueAt: string }
  | { readonly state: 'failed' | 'unknown'; readonly reason: string }
  /** Nobody took it, for no fault of its own. */
  | { readonly state: 'queued'; readonly reason: string }

/** `over` and `taken` end the mailing: the voting is over, or another process sends it now. */
export type Claim = 'claimed' | 'not-needed' | 'over' | 'taken'

/**
 * What is written before and after each message goes out. Many messages share a transaction: those that ask while
 * another one is written down.
 */
export interface Ledger {
  /** Before it is sent: from here on, and until it is settled, nobody knows whether it went out. */
  claim(due: Due): Promise<Claim>
  settle(due: Due, outcome: Outcome): Promise<void>
  /** Says that this process is still there. */
  beat(): Promise<void>
}

export function openLedger(
  work: UnitOfWork,
  { election, mailingId, run }: { election: Election; mailingId: number; run: string },
): Ledger {
  let waiting: { write: (tx: WriteTransaction) => Promise<void>; done: (error?: unknown) => void }[] = []
  let busy = false
  const flush = async () => {
    if (busy) return
    busy = true
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        await work.write('send a mailing', async (tx) => {
          for (const { write } of batch) await write(tx)
        })
        for (const { done } of batch) done()
      } catch (error) {
        for (const { done } of batch) done(error)
      }
    }
    busy = false
  }
  const inTurn = (write: (tx: WriteTransaction) => Promise<void>) =>
    new Promise<void>((resolve, reject) => {
      waiting.push({ write, done: (error) => (error === undefined ? resolve() : reject(error)) })
      void flush()
    })
  const renew = async (tx: WriteTransaction) => {
    const { numUpdatedRows } = await tx.db
      .updateTable('mailing')
      .set({ run_until: leaseUntil(tx.now) })
      .where('id', '=', mailingId)
      .where('run', '=', run)
      .executeTakeFirst()
    return numUpdatedRows === 1n
  }
  return {
    claim: async (due) => {
      let claim: Claim = 'taken'
      await inTurn(async (tx) => {
        claim = (await renew(tx)) ? await claimOne(tx, election, due) : 'taken'
      })
      return claim
    },
    settle: (due, outcome) => inTurn((tx) => settleOne(tx, due, outcome)),
    beat: () =>
      inTurn(async (tx) => {
        await renew(tx)
      }),
  }
}

async function claimOne(tx: WriteTransaction, election: Election, due: Due): Promise<Claim> {
  const { status, closes_at } = await tx.db
    .selectFrom('election')
    .select(['status', 'closes_at'])
    .where('id', '=', election.id)
    .executeTakeFirstOrThrow()
  const under = status === 'draft' || status === 'open' || status === 'paused'
  if (!under || (closes_at !== null && closes_at <= tx.now)) return 'over'
  const reason = await noLongerNeeded(tx, election, due)
  const { numUpdatedRows } = await tx.db
    .updateTable('message')
    .set((set) =>
      reason === undefined
        ? { state: 'sending', reason: null, at: tx.now, due_at: null, tries: set('tries', '+', 1) }
        : { state: 'skipped', reason, at: tx.now, due_at: null },
    )
    .where('id', '=', due.id)
    .where('state', 'in', ['queued', 'deferred'])
    .executeTakeFirst()
  return numUpdatedRows === 1n && reason === undefined ? 'claimed' : 'not-needed'
}

/** Who has voted or given the vote away meanwhile is not written to, nor is a token sent that was replaced. */
async function noLongerNeeded(
  tx: WriteTransaction,
  election: Election,
  { recipient, tokenId }: Due,
): Promise<SkipReason | undefined> {
  const mark = await tx.db
    .selectFrom('mark')
    .select('at')
    .where('election_id', '=', election.id)
    .where('voter_id', '=', recipient.voterId)
    .executeTakeFirst()
  if (mark !== undefined) return 'voted'
  if (recipient.proxyId === null && isOwnLost(election)) {
    const { given } = await tx.db
      .selectFrom('voter as v')
      .select(isGiven('v', tx.now).as('given'))
      .where('v.id', '=', recipient.voterId)
      .executeTakeFirstOrThrow()
    if (given) return 'given-away'
  }
  if (tokenId === null) return undefined
  const token = await tx.db.selectFrom('token').select('state').where('id', '=', tokenId).executeTakeFirst()
  return token?.state === 'issued' ? undefined : 'token-replaced'
}

/** What is known of a message takes the place of `unknown`, which another process may have written meanwhile. */
async function settleOne(tx: WriteTransaction, { id }: Due, outcome: Outcome): Promise<void> {
  await tx.db
    .updateTable('message')
    .set({
      state: outcome.state,
      reason: 'reason' in outcome ? outcome.reason : null,
      due_at: 'dueAt' in outcome ? outcome.dueAt : null,
      at: tx.now,
    })
    .where('id', '=', id)
    .where('state', 'in', ['sending', 'unknown'])
    .execute()
}
