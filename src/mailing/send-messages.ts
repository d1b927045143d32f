import type { Message, MessageSender } from '../delivery/message-sender.ts'
import { MessageNotSent } from '../delivery/refusals.ts'
import type { Ledger, Outcome } from './ledger.ts'
import type { Pacer } from './pacer.ts'
import type { Due } from './plan-mailing.ts'

/** Why it ended: everything was tried; the voting is over; another process took over; it was asked to; nothing is taken. */
export type Ending =
  | { readonly kind: 'done' | 'over' | 'taken' | 'interrupted' }
  | { readonly kind: 'halted'; readonly reason: string }

export interface Sending {
  readonly sender: MessageSender
  readonly ledger: Ledger
  readonly pacer: Pacer
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Waits, in milliseconds; ends early once `signal` is aborted. */
  readonly sleep: (millis: number) => Promise<void>
  readonly signal: AbortSignal
  readonly compose: (due: Due) => Message
  /** Whether to wait for another try of what was deferred. */
  readonly wait: boolean
  readonly progress?: ((done: number, total: number) => void) | undefined
}

/** As many messages are on their way at once: each of them would be unknown after a crash. */
const atOnce = 4
/** After each failed try, in minutes; who was not reached then never is. */
const pauses = [1, 5, 15, 30, 60]
/** So many broken connections in a row are no trouble of one mailbox. */
const brokenInARow = 10
/** In milliseconds: while it waits, it says so often that it is there. */
const beat = 15_000

/** Sends what is due, and goes back to what was deferred when its time has come. */
export async function sendMessages(due: readonly Due[], sending: Sending): Promise<Ending> {
  const queue = due.toSorted((a, b) => (a.dueAt ?? '').localeCompare(b.dueAt ?? '') || a.id - b.id)
  const work: Work = { queue, total: due.length, done: 0, broken: 0, ending: { kind: 'done' } }
  await Promise.all(Array.from({ length: atOnce }, () => takeTurns(work, sending)))
  if (work.ending.kind === 'done' && sending.signal.aborted) return { kind: 'interrupted' }
  return work.ending
}

interface Work {
  /** Sorted by the time at which each is due. */
  readonly queue: Due[]
  readonly total: number
  done: number
  /** Broken connections in a row. */
  broken: number
  ending: Ending
}

async function takeTurns(work: Work, sending: Sending): Promise<void> {
  const { ledger, pacer, sleep, signal, progress } = sending
  for (;;) {
    const next = await nextDue(work, sending)
    if (next === undefined) return
    await pacer.turn(sleep)
    if (signal.aborted || work.ending.kind !== 'done') return
    const claim = await ledger.claim(next)
    if (claim === 'over' || claim === 'taken') {
      work.ending = { kind: claim }
      return
    }
    if (claim === 'claimed') {
      const outcome = await attempt(next, work, sending)
      await ledger.settle(next, outcome)
      if (outcome.state === 'deferred') defer(work, { ...next, tries: next.tries + 1, dueAt: outcome.dueAt })
      else work.done++
    } else work.done++
    progress?.(work.done, work.total)
  }
}

/** The one that was due first, when its time has come; undefined if there is nothing to wait for. */
async function nextDue(work: Work, { now, sleep, signal, wait, ledger }: Sending): Promise<Due | undefined> {
  for (;;) {
    const [first] = work.queue
    if (first === undefined || signal.aborted || work.ending.kind !== 'done') return undefined
    const left = first.dueAt === null ? 0 : Date.parse(first.dueAt) - now()
    if (left <= 0) return work.queue.shift()
    if (!wait) return undefined
    await sleep(Math.min(left, beat))
    await ledger.beat()
  }
}

function defer({ queue }: Work, due: Due): void {
  const at = queue.findIndex((each) => (each.dueAt ?? '') > (due.dueAt ?? ''))
  if (at < 0) queue.push(due)
  else queue.splice(at, 0, due)
}

async function attempt(due: Due, work: Work, { sender, compose, now }: Sending): Promise<Outcome> {
  try {
    await sender.send(compose(due))
    work.broken = 0
    return { state: 'sent' }
  } catch (error) {
    if (!(error instanceof MessageNotSent)) throw error
    const { fate, reason } = error
    const isAnswer = /^\d+$/.test(reason)
    work.broken = isAnswer || fate === 'never' ? 0 : work.broken + 1
    if (fate === 'never' || fate === 'unknown') {
      return { state: fate === 'never' ? 'failed' : 'unknown', reason }
    }
    if (fate === 'halt' || work.broken >= brokenInARow) {
      work.ending = { kind: 'halted', reason }
      return { state: 'queued', reason }
    }
    const pause = pauses[due.tries]
    if (pause === undefined) return { state: 'failed', reason }
    return { state: 'deferred', reason, dueAt: new Date(now() + pause * 60_000).toISOString() }
  }
}
