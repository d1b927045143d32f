import { cpSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { FinishedProcess } from '../urna-process.ts'
import { startIn } from './process.ts'
import { type Call, stoppedAtEach } from './strace.ts'

/** What a command has left at a moment. */
export interface Moment {
  /** A copy of its folder. */
  readonly folder: string
  /** What it had printed. */
  readonly said: string
  /** The call that was just done. */
  readonly after: string
}

/**
 * Runs a command that the system stops after each call that changes something, and looks at a copy of its folder while
 * it stands still. To end a process changes no file: what is there then is what `kill -9` leaves between that call and
 * the next.
 *
 * @param copy the name for the copies
 */
export async function lookAfterEach(
  found: readonly Call[],
  { folder, argv, copy }: { folder: string; argv: readonly string[]; copy: string },
  look: (moment: Moment) => Promise<void>,
): Promise<FinishedProcess> {
  const [out, err] = [`${folder}.out`, `${folder}.err`]
  const child = startIn(folder, ...stoppedAtEach(found, { folder, err }, argv), [openSync(out, 'w'), 'pipe'])
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  let call = ''
  let stopping = false
  try {
    for await (const line of createInterface({ input: child.stderr! })) {
      if (/\w\(.* = /.test(line)) call = line.replace(/^\[pid +\d+\] /, '').replaceAll(`${folder}/`, '')
      if (line.includes('--- SIGSTOP {')) stopping = true
      // Each of its threads says so.
      if (!stopping || !line.endsWith('--- stopped by SIGSTOP ---')) continue
      stopping = false
      cpSync(folder, copy, { recursive: true })
      await look({ folder: copy, said: readFileSync(out, 'utf8'), after: call })
      rmSync(copy, { recursive: true })
      signal(child.pid!, 'SIGCONT')
    }
  } catch (error) {
    // Without strace it would stand still for ever.
    signal(child.pid!, 'SIGKILL')
    throw error
  }
  const status = await ended
  const finished = { status, stdout: readFileSync(out, 'utf8'), stderr: readFileSync(err, 'utf8') }
  for (const path of [out, err]) rmSync(path)
  return finished
}

/** Sends a signal to the program that a strace has started. */
function signal(strace: number, name: 'SIGCONT' | 'SIGKILL'): void {
  const [tracee] = readFileSync(`/proc/${strace}/task/${strace}/children`, 'utf8').split(' ')
  if (tracee === undefined || tracee === '') throw new Error('it is not there any more')
  process.kill(Number(tracee), name)
}
