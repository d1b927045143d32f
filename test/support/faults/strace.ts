import { spawn, spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FinishedProcess } from '../urna-process.ts'
import { passphrase } from './stages.ts'

const script = fileURLToPath(new URL('../../../bin/run.js', import.meta.url))

/** A sentence where faults can't be injected on this machine. */
export function whyNoStrace(): string | undefined {
  const { status } = spawnSync('strace', ['-qq', '-o', '/dev/null', 'true'])
  return status === 0 ? undefined : 'skipped: no strace, which makes the faults'
}

/** What changes a file or a folder, and what makes sure that it lasts. */
const writing = ['write', 'pwrite64', 'writev', 'pwritev', 'ftruncate', 'copy_file_range', 'sendfile']
const naming = ['openat', 'rename', 'renameat', 'renameat2', 'link', 'linkat', 'unlink', 'unlinkat', 'mkdir']
const lasting = ['fsync', 'fdatasync']
const calls = [...writing, ...naming, ...lasting]

/** One call to the system that a command makes for a file of its folder. */
export interface Call {
  readonly name: string
  /** Relative to the folder. */
  readonly path: string
  /** From 1, among the calls of that name for that path. */
  readonly nth: number
  /** Whether something is different after it, for a process that comes later. */
  readonly changes: boolean
}

export interface Fault {
  readonly call: Call
  /** `KILL` ends the process before the call; an error is what the call gives instead of being done. */
  readonly kind: 'KILL' | 'ENOSPC' | 'EIO' | 'EROFS'
  /** Whether all later calls of that name for that path fail likewise, as on a disk that stays full. */
  readonly lasts?: boolean
}

/** Runs a command in a folder and writes down its calls, in their order. */
export async function callsOf(
  folder: string,
  argv: readonly string[],
): Promise<FinishedProcess & { calls: Call[] }> {
  const trace = `${folder}.trace`
  const options = ['-y', '-s', '0', '-e', `trace=${calls.join(',')}`, '-e', 'signal=none', '-o', trace]
  const finished = await strace(folder, options, argv)
  const seen = new Map<string, number>()
  const found: Call[] = []
  for (const line of readFileSync(trace, 'utf8').split('\n')) {
    const { name, paths, changes } = parseLine(line, folder)
    paths.forEach((path, index) => {
      const nth = (seen.get(`${name} ${path}`) ?? 0) + 1
      seen.set(`${name} ${path}`, nth)
      if (index === 0) found.push({ name, path, nth, changes })
    })
  }
  rmSync(trace)
  return { ...finished, calls: found }
}

/** Runs it with a fault. */
export async function runWith(
  fault: Fault,
  folder: string,
  argv: readonly string[],
): Promise<FinishedProcess> {
  const { name, path, nth } = fault.call
  const what = fault.kind === 'KILL' ? 'signal=KILL' : `error=${fault.kind}`
  const options = [
    ...['-P', path, '-P', join(folder, path), '-o', '/dev/null', '-e', `trace=${name}`],
    ...['-e', `inject=${name}:${what}:when=${nth}${fault.lasts === true ? '+' : ''}`],
  ]
  return strace(folder, options, argv)
}

/** Without a fault, and without anybody watching. */
export function runPlainly(folder: string, argv: readonly string[]): Promise<FinishedProcess> {
  return finish(folder, process.execPath, [script, ...argv])
}

/** A line of a trace: `12 pwrite64(22</tmp/f/club.urna-wal>, ""..., 24, 32) = 24`. */
function parseLine(line: string, folder: string): { name: string; paths: string[]; changes: boolean } {
  const nothing = { name: '', paths: [], changes: false }
  const [, name = '', rest = ''] = /^\d+ +(\w+)\((.*)/.exec(line) ?? []
  if (!calls.includes(name)) return nothing
  const named = [...rest.matchAll(/<(\/[^>]*)>|"([^"]*)"/g)].flatMap(([, opened, given]) => opened ?? given!)
  // The first of `openat` is the folder that a name is relative to, and the last what was opened.
  const of = name === 'openat' ? named.slice(1, 2) : writing.includes(name) ? named.slice(0, 1) : named
  const paths = of.map((path) => (path.startsWith('/') ? relative(folder, path) : path))
  if (paths.length === 0 || paths.some((path) => path === '' || path.startsWith('..'))) return nothing
  const changes = name === 'openat' ? /O_CREAT|O_TRUNC/.test(rest) : !lasting.includes(name)
  return { name, paths, changes }
}

/**
 * The process has the same number every time, for it is in the names of temporary files, and one thread for
 * files, so that calls come in one order.
 */
const sameNumber = 'data:text/javascript,Object.defineProperty(process,"pid",{value:7})'

function strace(folder: string, options: readonly string[], argv: readonly string[]) {
  return finish(folder, 'strace', [
    ...['-f', '-qq', ...options],
    ...[process.execPath, '--import', sameNumber, script, ...argv],
  ])
}

function finish(folder: string, program: string, argv: readonly string[]): Promise<FinishedProcess> {
  const child = spawn(program, argv, {
    cwd: folder,
    env: {
      ...process.env,
      ...{ URNA_FILE: 'club.urna', URNA_PASSPHRASE: passphrase, NO_COLOR: '1', UV_THREADPOOL_SIZE: '1' },
      URNA_OFFICER: 'ada',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const written = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      written[stream] += text
    })
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, ...written }))
  })
}
