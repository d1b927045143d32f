import { parentPort, workerData } from 'node:worker_threads'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { archiveCase, ballotCase, type FuzzCase } from '../../test/support/fuzz/cases.ts'
import { smallElections } from '../../test/support/small-elections.ts'

/** What a thread is to try: every `step`-th case from `first`, below `end`. */
export interface FuzzOrder {
  readonly what: 'ballots' | 'archives'
  readonly seed: number
  readonly first: number
  readonly step: number
  readonly end: number
  /** When to stop at the latest: milliseconds since 1970. */
  readonly until: number
}

/** Sent again and again, the last time as `done`. Counts are of what came since the last one. */
export interface FuzzReport {
  /** The case that comes next: the one that hangs, if nothing more is heard. */
  readonly next: number
  readonly tried: number
  readonly slowest: number
  /** How many cases ended so, by what was changed. */
  readonly endings: ReadonlyMap<string, number>
  readonly defects: readonly {
    readonly number: number
    readonly what: string
    readonly given: string | Uint8Array
  }[]
  readonly done: boolean
}

const { what, seed, first, step, end, until } = workerData as FuzzOrder
const group = await loadGroup()
const elections = await Promise.all(
  Object.entries(smallElections)
    .filter(([name]) => what === 'archives' || name !== 'in which nobody voted')
    .map(([, hold]) => hold()),
)

let endings = new Map<string, number>()
let defects: { number: number; what: string; given: string | Uint8Array }[] = []
let tried = 0
let slowest = 0
let told = performance.now()

function tell(next: number, done: boolean): void {
  parentPort?.postMessage({ next, tried, slowest, endings, defects, done } satisfies FuzzReport)
  endings = new Map()
  defects = []
  tried = 0
  slowest = 0
  told = performance.now()
}

function count(number: number, { kind, ending, milliseconds, defect }: FuzzCase): void {
  const key = `${kind}: ${ending}`
  endings.set(key, (endings.get(key) ?? 0) + 1)
  if (defect !== undefined) defects.push({ number, ...defect })
  tried += 1
  slowest = Math.max(slowest, milliseconds)
}

// The start takes its time, and is not to be taken for a case that hangs.
tell(first, false)
let number = first
for (; number < end && Date.now() < until; number += step) {
  const held = elections[Math.floor(number / step) % elections.length]!
  const tryIt = what === 'ballots' ? ballotCase : archiveCase
  count(number, await tryIt(group, held, seed, number))
  if (performance.now() - told > 1000) tell(number + step, false)
}
tell(number, true)
