import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { BallotRefusalCode } from './ballot-refusal.ts'

/**
 * Records refused ballots of the network by their number: anybody can send rubbish, and must not be able to fill
 * the disk with entries about it.
 */
interface RefusalLog {
  add(election: string, code: BallotRefusalCode): void
  /** Records what is not recorded yet. */
  close(): Promise<void>
}

/** Milliseconds between two entries of an election. */
const pause = 10_000

export function openRefusalLog(work: UnitOfWork): RefusalLog {
  const counts = new Map<string, Map<BallotRefusalCode, number>>()
  let timer: NodeJS.Timeout | undefined
  let recorded = Promise.resolve()

  async function record(): Promise<void> {
    timer = undefined
    const events = [...counts].map(([election, refused]) => ({
      action: 'ballots-refused',
      election,
      details: Object.fromEntries(refused),
    }))
    if (events.length === 0) return
    counts.clear()
    // A disk that is full, or a file that is locked, loses a count of rubbish and stops no vote.
    await work.write('record refused ballots', (tx) => tx.recordAll(events)).catch(() => {})
  }

  return {
    add: (election, code) => {
      const refused = counts.get(election) ?? new Map<BallotRefusalCode, number>()
      counts.set(election, refused.set(code, (refused.get(code) ?? 0) + 1))
      timer ??= setTimeout(() => {
        recorded = record()
      }, pause).unref()
    },
    close: async () => {
      clearTimeout(timer)
      await recorded
      await record()
    },
  }
}
