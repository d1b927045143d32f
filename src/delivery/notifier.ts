import { again, type Repeated } from '../again.ts'
import { openSigns } from '../audit/signs.ts'
import type { Clock } from '../clock.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { claimDue, fillOutbox, settleDelivery } from './webhook-outbox.ts'
import { postWebhook } from './webhook-post.ts'

/** In milliseconds, between two looks. */
const turn = 1000

/**
 * Looks for signs that no deed leaves, and posts what happens to webhooks, until it is stopped.
 */
export function startNotifier(options: {
  work: UnitOfWork
  clock: Clock
  /** Hears what went wrong; the notifier goes on. */
  onFault: (error: unknown) => void
}): Repeated {
  const { work, clock, onFault } = options
  const signs = openSigns(work)
  let version: string | undefined
  return again({
    look: async (isStopped) => {
      await signs.look()
      const now = await work.version()
      if (now !== version) await fillOutbox(work)
      version = now
      while (!isStopped() && (await deliverDue({ work, clock })) > 0);
      return turn
    },
    ...{ onFault, rest: turn },
  })
}

/** Posts what is due: the oldest message to each webhook, all webhooks at once. @returns how many it posted */
export async function deliverDue({ work, clock }: { work: UnitOfWork; clock: Clock }): Promise<number> {
  const due = await claimDue(work)
  await Promise.all(
    due.map(async ({ id, messageId, ...target }) => {
      const answer = await postWebhook({ ...target, id: messageId, now: clock.now() })
      await settleDelivery(work, id, answer)
    }),
  )
  return due.length
}
