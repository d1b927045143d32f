// node bench/fuzz.ts [--ballots 1000000] [--archives 100000] [--seed N] [--minutes 60] [--threads 2] [--keep FOLDER]
// Changes ballots and archives of small elections, each in one place, and looks at what urna makes of them. None may be
// accepted unless it is the same (or says the same), none may crash it or keep it busy. What is changed follows from the
// seed and the number of the case; the elections are made anew each time, so whatever was taken wrongly is written to
// the folder. Exit status 1 if there was a defect.
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import type { FuzzOrder, FuzzReport } from './fuzz/thread.ts'

const { values: given } = parseArgs({
  options: {
    ballots: { type: 'string', default: '1000000' },
    archives: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    minutes: { type: 'string', default: '60' },
    threads: { type: 'string', default: String(availableParallelism()) },
    keep: { type: 'string', default: 'fuzz-defects' },
  },
})
const seed = Number(given.seed)
const threads = Number(given.threads)
/** A thread that has said nothing while it worked for so long is held by what it was given. In milliseconds. */
const longestWork = 60_000
/** The same if it does not even work. */
const longestSilence = 1_800_000

interface Total {
  tried: number
  slowest: number
  defects: number
  readonly endings: Map<string, number>
}

async function fuzz(what: FuzzOrder['what'], end: number, until: number): Promise<Total> {
  const total: Total = { tried: 0, slowest: 0, defects: 0, endings: new Map() }
  const start = performance.now()
  await Promise.all(
    Array.from({ length: threads }, (_, first) =>
      run({ what, seed, first, step: threads, end, until }, total),
    ),
  )
  tell(what, total, (performance.now() - start) / 1000)
  return total
}

function run(order: FuzzOrder, total: Total): Promise<void> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./fuzz/thread.ts', import.meta.url), { workerData: order })
    let next = order.first
    let heard = Number.POSITIVE_INFINITY
    let worked = Number.POSITIVE_INFINITY
    const found = (number: number, what: string, of?: string | Uint8Array) => {
      total.defects += 1
      process.stdout.write(`DEFECT: ${order.what} of seed ${seed}, number ${number}: ${what}\n`)
      if (of === undefined) return
      mkdirSync(given.keep, { recursive: true })
      writeFileSync(join(given.keep, `${seed}-${number}.${order.what === 'ballots' ? 'json' : 'bel'}`), of)
    }
    const end = () => {
      clearInterval(watch)
      resolve()
    }
    // One that has ended just now has no usage any more.
    const work = () =>
      worker.cpuUsage().then(
        ({ user, system }) => (user + system) / 1000,
        () => 0,
      )
    const watch = setInterval(async () => {
      if (Date.now() - heard < longestSilence && (await work()) - worked < longestWork) return
      found(next, 'hangs')
      end()
      void worker.terminate()
    }, 1000)
    worker.on('error', (error) => {
      found(next, `brings the thread down, or one soon after it: ${error}`)
      end()
    })
    worker.on('message', async (report: FuzzReport) => {
      heard = Date.now()
      next = report.next
      total.tried += report.tried
      total.slowest = Math.max(total.slowest, report.slowest)
      for (const [key, count] of report.endings) total.endings.set(key, (total.endings.get(key) ?? 0) + count)
      for (const defect of report.defects) found(defect.number, defect.what, defect.given)
      if (report.done) end()
      else worked = await work()
    })
  })
}

function tell(what: string, { tried, slowest, defects, endings }: Total, seconds: number): void {
  const rate = Math.round(tried / seconds)
  process.stdout.write(
    `\n${tried.toLocaleString('en')} ${what}, seed ${seed}, ${seconds.toFixed(0)} s (${rate} a second); ` +
      `slowest ${slowest.toFixed(0)} ms; ${defects} defects\n`,
  )
  for (const [key, count] of [...endings].sort(([, a], [, b]) => b - a)) {
    process.stdout.write(`${String(count).padStart(9)}  ${key}\n`)
  }
}

const start = Date.now()
const minutes = Number(given.minutes) * 60_000
const totals = [
  await fuzz('ballots', Number(given.ballots), start + minutes / 3),
  await fuzz('archives', Number(given.archives), start + minutes),
]
process.exitCode = totals.some(({ defects }) => defects > 0) ? 1 : 0
