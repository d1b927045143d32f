// npm run bench:count [-- --ballots 100000,1000000 --options 12,40 --methods irv,schulze --file FILE --runs 5]
// What `urna count` costs as a whole process, from the start of Node to the last byte of its answer: time as a ratio
// to reading the file and parsing its integers, measured in turns in the same run (machines differ and drift, the
// ratio stays), peak memory, and how many ballots differ.
import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { openBallots } from '../src/interchange/open-ballots.ts'

const { values: given } = parseArgs({
  options: {
    ballots: { type: 'string', default: '100000,1000000' },
    options: { type: 'string', default: '12,40' },
    methods: { type: 'string', default: 'irv,schulze,stv-scottish,stv-meek-nz' },
    file: { type: 'string' },
    runs: { type: 'string', default: '5' },
  },
})

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'urna-bench-'))
const usageFile = join(folder, 'usage')

interface Run {
  readonly seconds: number
  readonly megabytes: number
}

function timed(args: readonly string[]): Run {
  const start = performance.now()
  execFileSync(process.execPath, ['--import', here('usage-at-exit.js'), ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, URNA_BENCH_USAGE: usageFile },
  })
  const seconds = (performance.now() - start) / 1000
  return { seconds, megabytes: Number(readFileSync(usageFile, 'utf8')) / 1024 }
}

/** The middle of several runs; the machine may have been busy during any one. */
function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!
}

async function bench(file: string): Promise<void> {
  const { ballots } = await openBallots({ path: file }, { irregularities: 'warned of', order: 'forgotten' })
  const distinct = ballots.kind === 'totals' ? 0 : ballots.count
  const commands = new Map([['(bare read)', [here('read-integers.ts'), file]]])
  for (const method of given.methods.split(',')) {
    commands.set(method, [here('../bin/run.js'), 'count', file, '--method', method, '--json'])
  }
  const runs = new Map([...commands.keys()].map((name) => [name, [] as Run[]]))
  for (let run = 0; run < Number(given.runs); run++) {
    for (const [name, args] of commands) runs.get(name)!.push(timed(args))
  }
  process.stdout.write(`\n${basename(file)}: ${distinct} distinct ballots\n`)
  const secondsOf = (name: string) => median(runs.get(name)!.map(({ seconds }) => seconds))
  for (const [name, all] of runs) {
    const seconds = secondsOf(name)
    const ratio = (seconds / secondsOf('(bare read)')).toFixed(1).padStart(6)
    const fastest = Math.min(...all.map((each) => each.seconds)).toFixed(2)
    const megabytes = Math.max(...all.map((each) => each.megabytes))
    process.stdout.write(
      `  ${name.padEnd(20)} ${ratio} ×   ${seconds.toFixed(2).padStart(6)} s (fastest ${fastest})  ${megabytes.toFixed(0).padStart(5)} MB\n`,
    )
  }
}

/** An election of so many ballots and options, 5 seats. */
function generated(ballots: string, options: string): string {
  const path = join(folder, `${ballots} ballots, ${options} options.blt`)
  const out = openSync(path, 'w')
  execFileSync(process.execPath, [here('make-ballots.ts'), ballots, options, '5', '42'], {
    stdio: ['ignore', out, 'inherit'],
  })
  closeSync(out)
  return path
}

try {
  if (given.file !== undefined) await bench(given.file)
  else {
    for (const options of given.options.split(',')) {
      for (const ballots of given.ballots.split(',')) {
        const path = generated(ballots, options)
        await bench(path)
        rmSync(path)
      }
    }
  }
} finally {
  rmSync(folder, { recursive: true })
}
