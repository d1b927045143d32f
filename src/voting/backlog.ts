import { Busy } from './refusals.ts'

/** How much may wait. */
export interface BacklogLimits {
  readonly ballots: number
  readonly bytes: number
  /** Milliseconds that the last ballot would wait. */
  readonly wait: number
}

/** A ballot's place among those that wait. */
export interface Place {
  readonly bytes: number
  /** In milliseconds of `performance.now()`. */
  readonly since: number
}

/** What arrived and has no answer yet. */
export interface Backlog {
  /** @throws Busy if so many bytes would find no room */
  requireRoom(bytes: number): void
  /** @throws Busy if it is full: to refuse at the door costs little, to let all wait serves nobody */
  enter(bytes: number): Place
  leave(place: Place): void
  /** So many got through, and are still to leave, since the last ones did or the first came. */
  passed(count: number): void
  /** How many wait. */
  size(): number
  /** Resolves when nothing waits. */
  emptied(): Promise<void>
}

/** Of the latest measurement in the estimate. */
const weightOfLatest = 0.2

export function openBacklog(limits: BacklogLimits): Backlog {
  const places = new Set<Place>()
  const onEmpty: (() => void)[] = []
  let bytes = 0
  let millisecondsEach = 0
  let lastPass = 0

  /** Milliseconds that one more would wait, by what those before it took. */
  function wait(now: number): number {
    const [oldest] = places
    const standstill = oldest === undefined ? 0 : now - Math.max(oldest.since, lastPass)
    return Math.max(places.size * millisecondsEach, standstill)
  }

  function requireRoom(size: number): void {
    const expected = wait(performance.now())
    const full = places.size >= limits.ballots || bytes + size > limits.bytes
    if (full || expected > limits.wait) throw new Busy(Math.max(1, Math.ceil(expected / 1000)))
  }

  return {
    requireRoom,
    enter: (size) => {
      requireRoom(size)
      const place = { bytes: size, since: performance.now() }
      if (places.size === 0) lastPass = place.since
      places.add(place)
      bytes += size
      return place
    },
    size: () => places.size,
    leave: (place) => {
      places.delete(place)
      bytes -= place.bytes
      if (places.size === 0) for (const resolve of onEmpty.splice(0)) resolve()
    },
    passed: (count) => {
      const now = performance.now()
      // Ballots that come one by one take longer each than ballots that come together.
      if (places.size >= 2 * count) {
        millisecondsEach += weightOfLatest * ((now - lastPass) / count - millisecondsEach)
      }
      lastPass = now
    },
    emptied: () => (places.size === 0 ? Promise.resolve() : new Promise((resolve) => onEmpty.push(resolve))),
  }
}
