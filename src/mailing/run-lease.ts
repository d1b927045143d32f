import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'

/** In milliseconds: who sends says so again well before. */
export const leaseMillis = 60_000

/** @param now ISO 8601, UTC */
export function leaseUntil(now: string): string {
  return new Date(Date.parse(now) + leaseMillis).toISOString()
}

/** Names a process and what it is about to do. */
export function newRun(): string {
  return `${hostname()} ${process.pid} ${randomUUID()}`
}

/** Whether that process is surely gone. Of another machine nobody knows. */
export function isDead(run: string): boolean {
  const [host, pid] = run.split(' ')
  if (host !== hostname() || !/^\d+$/.test(pid ?? '')) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
