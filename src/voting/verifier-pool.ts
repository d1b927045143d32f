import { availableParallelism } from 'node:os'
import { startVerifierThread, type VerifierThread } from './verifier-thread.ts'
import { type BallotVerifier, verifyInProcess } from './verify-ballots.ts'
import { requireWorkerScript, workerScript } from './worker-script.ts'

export interface VerifierPool {
  readonly verify: BallotVerifier
  /** How many ballots are verified at the same moment. */
  readonly width: number
  close(): Promise<void>
}

const verifier = 'voting/verify.worker'
/** Ballots that are verified before threads are worth their start. */
const warmUp = 64
/** Ballots for which it is worth to ask one more thread. */
const smallestShare = 4

/**
 * Verifies ballots in as many threads as the machine has cores; the first ones in this thread, as most
 * commands have few.
 */
export function openVerifierPool(): VerifierPool {
  const script = workerScript(verifier)
  const cores = availableParallelism()
  if (script === undefined || cores < 2) return { verify: verifyInProcess, width: 1, close: async () => {} }
  const threads = threadsOf(script, cores)
  let verified = 0
  return {
    ...threads,
    verify: async (form, ballots) => {
      verified += ballots.length
      return verified <= warmUp ? verifyInProcess(form, ballots) : threads.verify(form, ballots)
    },
  }
}

/**
 * Verifies every ballot in threads, so that this one stays free to answer; they are started at once.
 * @throws Error where Node can't run the code of a thread: from sources, before it understood TypeScript
 */
export function openVerifierThreads(): VerifierPool {
  const pool = threadsOf(requireWorkerScript(verifier), availableParallelism())
  pool.start()
  return pool
}

function threadsOf(script: URL, width: number): VerifierPool & { start(): void } {
  const threads: VerifierThread[] = []
  /** One that died is replaced by a new one. */
  function start(): void {
    for (const [index, thread] of threads.entries()) {
      if (thread.dead) threads[index] = startVerifierThread(script)
    }
    while (threads.length < width) threads.push(startVerifierThread(script))
  }
  return {
    start,
    width,
    verify: async (form, ballots) => {
      start()
      const share = Math.max(smallestShare, Math.ceil(ballots.length / width))
      const faults = []
      for (let first = 0; first < ballots.length; first += share) {
        const idlest = threads.reduce((best, thread) => (thread.load < best.load ? thread : best))
        faults.push(idlest.verify(form, ballots.slice(first, first + share)))
      }
      return (await Promise.all(faults)).flat()
    },
    close: async () => {
      await Promise.all(threads.map((thread) => thread.close()))
    },
  }
}
