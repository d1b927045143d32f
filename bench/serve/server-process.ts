import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface ServerProcess {
  readonly child: ChildProcess
  readonly port: number
  /** Of the processor, on all its cores. */
  cpuSeconds(): number
  /** Lets it finish. */
  stop(): Promise<void>
}

/** Starts a server on the file, as a process of its own. */
export async function startServer(file: string, options: readonly string[] = []): Promise<ServerProcess> {
  const script = fileURLToPath(new URL('./server.ts', import.meta.url))
  const child = spawn(process.execPath, [...options, script, file], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [printed] = (await once(child.stdout!, 'data')) as [Buffer]
  return {
    child,
    port: Number(/:(\d+)\s*$/.exec(printed.toString())![1]),
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
