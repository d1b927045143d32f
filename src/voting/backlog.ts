import { Busy } from './refusals.ts'

/** How much may wait. */
export interface BacklogLimits {
  readonly ballots: number
  readonly bytes: number
  /** Milliseconds that the last ballot would wait while those before it get through. */
  readonly wait: number
  /** Milliseconds for which nothing got through. */
  readonly stall: number
}

/** A ballot's place among those that wait. */
export interface Place {
  readonly bytes: number
  /** In milliseconds of `performance.now()`. */
  readonly since: number
}

/** What arrived and has no answer yet. */
interface Backlog {
  /** Whole seconds after which to come again, where one more would find no room now. */
  busyFor(): number | undefined
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

/** Milliseconds over which the speed is measured. */
const window = 250
/**
 * With so many waiting the speed is all that there is; with fewer, it may be that no more came. They are what casting
 * works on at the same moment when it is busy: to let fewer in would leave a thread without work.
 */
const deep = 256

export function openBacklog(limits: BacklogLimits): Backlog {
  const places = new Set<Place>()
  const onEmpty: (() => void)[] = []
  let bytes = 0
  /** Ballots a millisecond; a guess before the first measurement. */
  let speed = 1
  let lastPass = 0
  let measured = { since: 0, passed: 0, alwaysDeep: false }

  function measureFrom(now: number): void {
    measured = { since: now, passed: 0, alwaysDeep: places.size >= deep }
  }

  /** What was reached can be reached again; what was not, only where enough waited all the time. */
  function learn(latest: number): void {
    if (latest > speed) speed = latest
    else if (measured.alwaysDeep) speed = (speed + latest) / 2
  }

  function busyFor(size: number): number | undefined {
    const [oldest] = places
    const wait = places.size < deep ? 0 : places.size / speed
    const stall = oldest === undefined ? 0 : performance.now() - Math.max(oldest.since, lastPass)
    const full = places.size >= limits.ballots || bytes + size > limits.bytes
    if (!full && wait <= limits.wait && stall <= limits.stall) return undefined
    return Math.max(1, Math.ceil(Math.max(wait, stall) / 1000))
  }

  return {
    busyFor: () => busyFor(0),
    enter: (size) => {
      const seconds = busyFor(size)
      if (seconds !== undefined) throw new Busy(seconds)
      const place = { bytes: size, since: performance.now() }
      if (places.size === 0) lastPass = place.since
      places.add(place)
      bytes += size
      // At first, and from here on in a rush.
      if (places.size === 1 || places.size === deep) measureFrom(place.since)
      return place
    },
    size: () => places.size,
    leave: (place) => {
      places.delete(place)
      bytes -= place.bytes
      if (places.size < deep) measured.alwaysDeep = false
      if (places.size === 0) for (const resolve of onEmpty.splice(0)) resolve()
    },
    passed: (count) => {
      lastPass = performance.now()
      measured.passed += count
      if (lastPass - measured.since < window) return
      learn(measured.passed / (lastPass - measured.since))
      measureFrom(lastPass)
    },
    emptied: () => (places.size === 0 ? Promise.resolve() : new Promise((resolve) => onEmpty.push(resolve))),
  }
}
