import { spawnSync } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { performance } from 'node:perf_hooks'

/** In milliseconds. */
export interface Spent {
  readonly elapsed: number
  /** Of all threads together: what else the machine does hardly changes it. */
  readonly processor: number
}

export interface BeleniosTool {
  /** What it takes, as a whole process. */
  time(command: 'shuffle' | 'decrypt' | 'verify', archive: Uint8Array | Iterable<Uint8Array>): Spent
  close(): void
}

/** belenios-tool in the folder URNA_ORACLE, for one election with one trustee; undefined without it. */
export function openBeleniosTool(uuid: string, trusteeSecret: string): BeleniosTool | undefined {
  const root = process.env.URNA_ORACLE
  if (root === undefined) return undefined
  const folder = mkdtempSync(join(root, 'tmp', 'urna-bench-'))
  const inside = `/tmp/${basename(folder)}`
  writeFileSync(join(folder, 'trustee.privkey'), trusteeSecret)
  return {
    time(command, archive) {
      const file = join(folder, `${uuid}.bel`)
      writeFileSync(file, archive instanceof Uint8Array ? archive : Buffer.concat([...archive]))
      const trustee = command === 'verify' ? [] : ['--trustee-id=1']
      const key = command === 'decrypt' ? [`--privkey=${inside}/trustee.privkey`] : []
      const start = performance.now()
      const before = childrensTime()
      const { status, stderr } = spawnSync(
        'chroot',
        [root, 'belenios-tool', 'election', command, `--dir=${inside}`, `--uuid=${uuid}`, ...trustee, ...key],
        { stdio: ['ignore', openSync(join(folder, 'out'), 'w'), 'pipe'], encoding: 'utf8' },
      )
      if (status !== 0) throw new Error(`belenios-tool election ${command}: ${stderr}`)
      return { elapsed: performance.now() - start, processor: childrensTime() - before }
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** The processor's time of all processes that were started and ended, in milliseconds. Linux only, as is the oracle. */
function childrensTime(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]!.split(' ')
  // The 16th and 17th of proc(5), in hundredths of a second; two fields stand before the cut.
  return 10 * (Number(fields[13]) + Number(fields[14]))
}
