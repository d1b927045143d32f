import { Worker } from 'node:worker_threads'
import { type BacklogLimits, openBacklog, type Place } from './backlog.ts'
import type { Verdict } from './candidates.ts'
import { type AcceptedBallots, type Casting, secondsToRestart, usualLimits } from './casting.ts'
import {
  type CastAnswer,
  type CastingOrder,
  type CastingReply,
  type CastingThreadOptions,
  type CastOrder,
  RelayedRefusal,
} from './casting-messages.ts'
import { Busy } from './refusals.ts'
import { requireWorkerScript } from './worker-script.ts'

/** A ballot that is with the thread. */
interface Sent {
  readonly place: Place
  readonly answer: PromiseWithResolvers<Verdict>
}

/**
 * Casts in a thread with a connection of its own to the file: neither the disk, nor another urna that has the file
 * locked, nor a long read of this one keeps the server from answering, or ballots from getting in.
 */
export function openCastingThread({
  limits = usualLimits,
  ...options
}: CastingThreadOptions & { limits?: BacklogLimits }): Casting {
  const backlog = openBacklog(limits)
  const listeners = new Set<(news: AcceptedBallots) => void>()
  const sent = new Map<number, Sent>()
  let outbox: CastOrder[] = []
  let worker: Worker | undefined
  let [closing, lastId] = [false, 0]

  function start(): Worker {
    const started = new Worker(requireWorkerScript('voting/casting.worker'), { workerData: options })
    started.on('message', (reply: CastingReply) => {
      if (reply === 'closed') return
      if ('news' in reply) for (const listener of listeners) listener(reply.news)
      else {
        backlog.passed(reply.answers.length)
        settle(reply.answers)
      }
    })
    // A thread that fails takes with it what it had, and what it was to get; the next ballot starts another one. A
    // failure is told twice, as an error and as an end: by the second time there may be another thread.
    const end = (error: Error) => {
      if (worker !== started) return
      worker = undefined
      outbox = []
      settle([...sent.keys()].map((id) => ({ id, fault: error.message })))
    }
    started.on('error', end)
    started.on('exit', () => end(new Error('the thread that casts ballots ended')))
    return started
  }

  function settle(answers: readonly CastAnswer[]): void {
    for (const each of answers) {
      const waiting = sent.get(each.id)
      if (waiting === undefined) continue
      sent.delete(each.id)
      backlog.leave(waiting.place)
      if ('verdict' in each) waiting.answer.resolve(each.verdict)
      else waiting.answer.reject('refusal' in each ? new RelayedRefusal(each.refusal) : new Error(each.fault))
    }
  }

  function tell(order: CastingOrder): void {
    worker ??= start()
    worker.postMessage(order)
  }

  function flush(): void {
    // Empty where the thread that was to get it has failed meanwhile.
    if (outbox.length === 0) return
    tell(outbox)
    outbox = []
  }

  worker = start()
  return {
    busyFor: () => (closing ? secondsToRestart : backlog.busyFor()),
    cast: async (slug, request) => {
      if (closing) throw new Busy(secondsToRestart)
      const place = backlog.enter(request.ballot.length)
      lastId += 1
      const answer = Promise.withResolvers<Verdict>()
      sent.set(lastId, { place, answer })
      outbox.push({ id: lastId, slug, request })
      if (outbox.length === 1) setImmediate(flush)
      return answer.promise
    },
    waiting: backlog.size,
    onAccepted: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: async () => {
      closing = true
      await backlog.emptied()
      const last = worker
      if (last === undefined) return
      // Also after an error, which is told already to those whom it concerns.
      const ended = new Promise((resolve) => last.once('exit', resolve))
      tell('close')
      await ended
    },
  }
}
