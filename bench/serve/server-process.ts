import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { passphrase } from './election.ts'

export interface ServerProcess {
  readonly child: ChildProcess
  readonly port: number
  /** Of the processor, on all its cores. */
  cpuSeconds(): number
  /** Lets it finish. */
  stop(): Promise<void>
}

/** Starts `urna serve` on the file, as a process of its own. */
export async function startServer(file: string, options: readonly string[] = []): Promise<ServerProcess> {
  const script = fileURLToPath(new URL('../../bin/run.js', import.meta.url))
  const child = spawn(process.execPath, [...options, script, 'serve', '--port', '0', '--rate-limit', '0'], {
    env: { ...process.env, URNA_FILE: file, URNA_PASSPHRASE: passphrase, NO_COLOR: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const port = await new Promise<number>((resolve, reject) => {
    let said = ''
    // Its log is read to the end, as whoever keeps a log does.
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      if (said.length < 10_000) said += text
      const found = /Serving at http:\/\/[^ ]*:(\d+)/.exec(said)
      if (found !== null) resolve(Number(found[1]))
    })
    child.once('close', () => reject(new Error(said)))
  })
  return {
    child,
    port,
    cpuSeconds: () => cpuSecondsOf(child.pid!),
    stop: async () => {
      const closed = once(child, 'close')
      child.kill('SIGTERM')
      await closed
    },
  }
}

/** Linux only: of the system's file about the process, fields 14 and 15, in hundredths of a second. */
function cpuSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}
