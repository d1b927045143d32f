import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { FinishedProcess } from '../urna-process.ts'
import { finish, script, withQuickKeys } from './process.ts'

/** A sentence where faults can't be injected on this machine. */
export function whyNoStrace(): string | undefined {
  const { status } = spawnSync('strace', ['-f', '--seccomp-bpf', '-qq', '-o', '/dev/null', 'true'])
  return status === 0 ? undefined : 'skipped: no strace, which makes the faults'
}

/** Begun anew after a signal, without end where one comes each time; what they do is seen at the next call. */
const restarted = ['copy_file_range', 'sendfile']

/** What changes a file or a folder, and what makes sure that it lasts. */
const writing = ['write', 'pwrite64', 'writev', 'pwritev', 'ftruncate', 'copy_file_range', 'sendfile']
const naming = ['openat', 'rename', 'renameat', 'renameat2', 'link', 'linkat', 'unlink', 'unlinkat', 'mkdir']
const lasting = ['fsync', 'fdatasync']
const calls = [...writing, ...naming, ...lasting]

/** Other calls than those asked for go on without a halt; signals are then not sent. */
const unheard = '--seccomp-bpf'

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
  const options = [
    unheard,
    '-y',
    '-s',
    '0',
    '-e',
    `trace=${calls.join(',')}`,
    '-e',
    'signal=none',
    '-o',
    trace,
  ]
  const finished = await finish(folder, ...traced(options, argv))
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
    ...(fault.kind === 'KILL' ? [] : [unheard]),
    ...['-P', path, '-P', join(folder, path), '-o', '/dev/null', '-e', `trace=${name}`],
    ...['-e', `inject=${name}:${what}:when=${nth}${fault.lasts === true ? '+' : ''}`],
  ]
  return finish(folder, ...traced(options, argv))
}

/**
 * A run that the system stops after each call that may change one of these files. On its standard error it says so,
 * with a line that ends with `--- stopped by SIGSTOP ---`.
 * @param err takes what the command itself has for standard error
 */
export function stoppedAtEach(
  found: readonly Call[],
  { folder, err }: { folder: string; err: string },
  argv: readonly string[],
): [program: string, argv: string[]] {
  const changing = found.filter(({ name, changes }) => changes && !restarted.includes(name))
  const paths = [...new Set(changing.map(({ path }) => path))]
  const names = [...new Set(changing.map(({ name }) => name))].join(',')
  const options = [
    ...paths.flatMap((path) => ['-P', path, '-P', join(folder, path)]),
    ...['-s', '0', '-e', `trace=${names}`, '-e', `inject=${names}:signal=STOP`],
  ]
  return traced([...options, 'sh', '-c', 'exec "$@" 2>"$0"', err], argv)
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

function traced(options: readonly string[], argv: readonly string[]): [program: string, argv: string[]] {
  const program = [process.execPath, '--import', sameNumber, ...withQuickKeys, script, ...argv]
  return ['strace', ['-f', '-qq', ...options, ...program]]
}
