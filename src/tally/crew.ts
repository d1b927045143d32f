import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { type Crew, crewOfOne, type Faults } from '../sealing/crew.ts'
import type { Element, Group } from '../sealing/group.ts'
import { workerScript } from '../voting/worker-script.ts'
import type { Order, Reply } from './crew.worker.ts'
import { packed, unpacked } from './packed.ts'

export interface ThreadCrew extends Crew {
  close(): Promise<void>
}

/** Of the smallest piece of work that is worth a message to a thread. */
const smallestShare = 64
/** Pieces that each thread gets of what is asked at once: the last ones even out which thread was slower. */
const sharesEach = 4

/**
 * A crew of threads. Work that is not worth their start is done in this thread.
 *
 * @param jobs how many threads; by default as many as the machine has cores.
 */
export function openCrew(
  group: Group,
  { jobs = availableParallelism() }: { jobs?: number | undefined } = {},
): ThreadCrew {
  const script = workerScript('tally/crew.worker')
  const alone = crewOfOne(group)
  if (script === undefined || jobs < 2) return { ...alone, close: async () => {} }
  const threads: Thread[] = []

  /** Splits what is asked among the threads; undefined if it is too little. */
  function shared<T>(count: number, order: (from: number, to: number) => Order): Promise<T[]> | undefined {
    if (count < 2 * smallestShare) return undefined
    while (threads.length < jobs) threads.push(startThread(script!))
    const share = Math.max(smallestShare, Math.ceil(count / (jobs * sharesEach)))
    const replies: Promise<T>[] = []
    for (let from = 0; from < count; from += share) {
      const idlest = threads.reduce((best, thread) => (thread.load < best.load ? thread : best))
      replies.push(idlest.ask(order(from, Math.min(count, from + share))) as Promise<T>)
    }
    return Promise.all(replies)
  }

  async function products(order: (from: number, to: number) => Order, count: number) {
    const replies = await shared<Uint8Array>(count, order)
    return replies?.flatMap((bytes) => unpacked<Element>(bytes))
  }

  return {
    group,
    size: jobs,
    multiplyBase: async (scalars) =>
      (await products(
        (from, to) => ({ kind: 'multiply-base', scalars: packed(scalars.slice(from, to)) }),
        scalars.length,
      )) ?? alone.multiplyBase(scalars),
    multiply: async (points, scalars) =>
      (await products(
        (from, to) => ({
          kind: 'multiply',
          points: packed(points.slice(from, to)),
          scalars: packed(scalars.slice(from, to)),
        }),
        points.length,
      )) ?? alone.multiply(points, scalars),
    sum: async (terms) => {
      const parts = await products((from, to) => {
        const share = terms.slice(from, to)
        return {
          kind: 'sum',
          points: packed(share.map(({ point }) => point)),
          scalars: packed(share.map(({ scalar }) => scalar)),
        }
      }, terms.length)
      return parts?.reduce((sum, part) => group.add(sum, part)) ?? alone.sum(terms)
    },
    areElements: async (candidates) => {
      const replies = await shared<boolean>(candidates.length, (from, to) => ({
        kind: 'are-elements',
        points: packed(candidates.slice(from, to)),
      }))
      return replies?.every((valid) => valid) ?? alone.areElements(candidates)
    },
    verifyBallots: async (election, ballots) => {
      const replies = await shared<Faults>(ballots.length, (from, to) => ({
        kind: 'verify-ballots',
        election: election.json,
        ballots: ballots.slice(from, to),
      }))
      return replies?.flat() ?? alone.verifyBallots(election, ballots)
    },
    close: async () => {
      await Promise.all(threads.map((thread) => thread.close()))
    },
  }
}

/** Lets a crew work, and sends it home. */
export async function withCrew<T>(group: Group, work: (crew: Crew) => Promise<T>): Promise<T> {
  const crew = openCrew(group)
  try {
    return await work(crew)
  } finally {
    await crew.close()
  }
}

interface Thread {
  /** Orders that it has before it. */
  readonly load: number
  ask(order: Order): Promise<unknown>
  close(): Promise<unknown>
}

function startThread(script: URL): Thread {
  const worker = new Worker(script)
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let lastId = 0
  worker.on('message', ({ id, answer }: Reply) => {
    waiting.get(id)?.resolve(answer)
    waiting.delete(id)
  })
  function fail(error: Error): void {
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('a thread that computed ended')))
  return {
    get load() {
      return waiting.size
    },
    ask: (order) => {
      const reply = Promise.withResolvers<unknown>()
      waiting.set(++lastId, reply)
      // Handed over, not copied: a secret scalar is then in one place, where the thread wipes it.
      const buffers = 'scalars' in order ? [order.scalars.buffer] : []
      worker.postMessage({ id: lastId, order }, buffers)
      return reply.promise
    },
    close: () => {
      waiting.clear()
      return worker.terminate()
    },
  }
}
