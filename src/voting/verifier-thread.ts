import { Worker } from 'node:worker_threads'
import type { BallotForm } from './ballot-form.ts'
import type { FormRefusal } from './form-refusal.ts'

/** What a thread is told: first the text of an election, once, then ballots for it. */
export type VerificationOrder = { readonly fingerprint: string; readonly election: string } | BallotOrder

export interface BallotOrder {
  readonly fingerprint: string
  readonly id: number
  readonly ballots: readonly string[]
}

/** Of each ballot, in order: why it is refused, or undefined. */
type Faults = readonly (FormRefusal | undefined)[]

export type VerificationReply = { readonly id: number } & (
  | { readonly faults: Faults }
  | { readonly error: unknown }
)

export interface VerifierThread {
  verify(form: BallotForm, ballots: readonly string[]): Promise<Faults>
  /** Ballots that it has before it. */
  readonly load: number
  /** Whether it ended by itself, and takes no more. */
  readonly dead: boolean
  close(): Promise<unknown>
}

export function startVerifierThread(script: URL): VerifierThread {
  const worker = new Worker(script)
  const waiting = new Map<number, PromiseWithResolvers<Faults> & { readonly count: number }>()
  const known = new Set<string>()
  let [lastId, load, dead] = [0, 0, false]
  worker.on('message', (reply: VerificationReply) => {
    const order = waiting.get(reply.id)
    if (order === undefined) return
    waiting.delete(reply.id)
    load -= order.count
    if ('faults' in reply) order.resolve(reply.faults)
    else order.reject(reply.error)
  })
  function end(error: Error): void {
    dead = true
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.on('error', end)
  worker.on('exit', () => end(new Error('a thread that verified ballots ended')))
  return {
    get load() {
      return load
    },
    get dead() {
      return dead
    },
    verify: ({ fingerprint, json }, ballots) => {
      const tell = (order: VerificationOrder) => worker.postMessage(order)
      if (!known.has(fingerprint)) tell({ fingerprint, election: json })
      known.add(fingerprint)
      lastId += 1
      load += ballots.length
      const reply = { ...Promise.withResolvers<Faults>(), count: ballots.length }
      waiting.set(lastId, reply)
      tell({ fingerprint, id: lastId, ballots })
      return reply.promise
    },
    close: () => worker.terminate(),
  }
}
