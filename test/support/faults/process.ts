import { type ChildProcess, spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { FinishedProcess } from '../urna-process.ts'
import './quick-keys.ts'

export const script = fileURLToPath(new URL('../../../bin/run.js', import.meta.url))

/** For a program's first words: its files, and those of this process, have keys that take no time to make. */
export const withQuickKeys = ['--import', new URL('./quick-keys.ts', import.meta.url).href]

export const passphrase = 'the words of the first passphrase'
export const anotherPassphrase = 'the words of another passphrase'

/** Starts a program in a folder with the file `club.urna`, in the name of an officer. */
export function startIn(
  folder: string,
  program: string,
  argv: readonly string[],
  output: ['pipe' | number, 'pipe' | number] = ['pipe', 'pipe'],
): ChildProcess {
  return spawn(program, argv, {
    cwd: folder,
    env: {
      ...process.env,
      ...{ URNA_FILE: 'club.urna', URNA_PASSPHRASE: passphrase, NO_COLOR: '1', UV_THREADPOOL_SIZE: '1' },
      URNA_OFFICER: 'ada',
    },
    stdio: ['ignore', ...output],
  })
}

/** Runs a program to its end. */
export function finish(folder: string, program: string, argv: readonly string[]): Promise<FinishedProcess> {
  const child = startIn(folder, program, argv)
  const written = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]!.setEncoding('utf8').on('data', (text: string) => {
      written[stream] += text
    })
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, ...written }))
  })
}

/** Without a fault, and without anybody watching. */
export function runPlainly(folder: string, argv: readonly string[]): Promise<FinishedProcess> {
  return finish(folder, process.execPath, [...withQuickKeys, script, ...argv])
}

const waiting: (() => void)[] = []
let free = availableParallelism()

/** Does the work when one of the processors is free. */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (free > 0) free -= 1
  else await new Promise<void>((go) => waiting.push(go))
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next === undefined) free += 1
    else next()
  }
}
