import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('../../bin/run.js', import.meta.url))
const built = fileURLToPath(new URL('../../dist/src/cli/start.js', import.meta.url))

export interface FinishedProcess {
  /** Exit status; null where it was killed. */
  status: number | null
  stdout: string
  stderr: string
}

export interface UrnaProcess {
  child: ChildProcess
  /** What it has printed so far. */
  printed(): string
  finished: Promise<FinishedProcess>
}

/** Starts the built urna as a process of its own, with this file and its passphrase. @param folder to run in */
export function startUrna(argv: readonly string[], file: OpenedFile, folder?: string): UrnaProcess {
  if (!existsSync(built)) throw new Error('urna is not built: npm run build')
  return startScript([script, ...argv], file, folder)
}

export interface OpenedFile {
  path: string
  passphrase: string
}

/** Starts a script as a process of its own, with this file and its passphrase in its environment. */
export function startScript(
  argv: readonly string[],
  { path, passphrase }: OpenedFile,
  folder?: string,
): UrnaProcess {
  const child = spawn(process.execPath, argv, {
    env: { ...process.env, URNA_FILE: path, URNA_PASSPHRASE: passphrase, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(folder !== undefined && { cwd: folder }),
  })
  const written = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      written[stream] += text
    })
  }
  const finished = new Promise<FinishedProcess>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, ...written }))
  })
  return { child, printed: () => written.stdout, finished }
}
