import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { BallotRefusal as SealedBallotRefusal } from '../sealing/ballot.ts'
import type { SealedElection } from '../sealing/election.ts'
import type { Group } from '../sealing/group.ts'
import { type BallotVerifier, verifierInProcess } from './verify-ballots.ts'

export interface VerificationRequest {
  readonly id: number
  readonly ballots: readonly string[]
}

export interface VerificationReply {
  readonly id: number
  readonly faults: readonly (SealedBallotRefusal | undefined)[]
}

export interface VerifierPool {
  /** For ballots of one election. */
  readonly verify: BallotVerifier
  close(): Promise<void>
}

/** Ballots that are verified before threads are worth their start. */
const warmUp = 64

/**
 * Verifies ballots in as many threads as the machine has cores; the first ones in this thread, as most
 * commands have few.
 */
export function openVerifierPool(group: Group): VerifierPool {
  const alone = verifierInProcess(group)
  const script = workerScript()
  const cores = availableParallelism()
  const threads: VerifierThread[] = []
  let verified = 0
  return {
    verify: async (election, ballots) => {
      verified += ballots.length
      if (script === undefined || cores < 2 || verified <= warmUp) return alone(election, ballots)
      while (threads.length < cores) threads.push(startThread(script, election))
      const share = Math.ceil(ballots.length / threads.length)
      const faults = await Promise.all(
        threads.map((thread, index) => thread.verify(ballots.slice(index * share, (index + 1) * share))),
      )
      return faults.flat()
    },
    close: async () => {
      await Promise.all(threads.map((thread) => thread.close()))
    },
  }
}

interface VerifierThread {
  verify(ballots: readonly string[]): Promise<VerificationReply['faults']>
  close(): Promise<unknown>
}

function startThread(script: URL, election: SealedElection): VerifierThread {
  const worker = new Worker(script, { workerData: election.json })
  const waiting = new Map<number, PromiseWithResolvers<VerificationReply['faults']>>()
  let lastId = 0
  worker.on('message', ({ id, faults }: VerificationReply) => {
    waiting.get(id)?.resolve(faults)
    waiting.delete(id)
  })
  worker.on('error', (error) => {
    for (const { reject } of waiting.values()) reject(error)
  })
  return {
    verify: (ballots) => {
      if (ballots.length === 0) return Promise.resolve([])
      lastId += 1
      const reply = Promise.withResolvers<VerificationReply['faults']>()
      waiting.set(lastId, reply)
      worker.postMessage({ id: lastId, ballots } satisfies VerificationRequest)
      return reply.promise
    },
    close: () => worker.terminate(),
  }
}

/** Where the thread's code is: beside the build's chunks, or beside this source where Node runs TypeScript. */
function workerScript(): URL | undefined {
  const built = new URL('./src/voting/verify.worker.js', import.meta.url)
  if (existsSync(built)) return built
  const source = new URL('./verify.worker.ts', import.meta.url)
  return process.features.typescript !== false && existsSync(source) ? source : undefined
}
