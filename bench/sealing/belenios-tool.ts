import { spawnSync } from 'node:child_process'
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { performance } from 'node:perf_hooks'

export interface BeleniosTool {
  /** How long it takes, in milliseconds, as a whole process. */
  time(command: 'shuffle' | 'decrypt' | 'verify', archive: Uint8Array | Iterable<Uint8Array>): number
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
      const { status, stderr } = spawnSync(
        'chroot',
        [root, 'belenios-tool', 'election', command, `--dir=${inside}`, `--uuid=${uuid}`, ...trustee, ...key],
        { stdio: ['ignore', openSync(join(folder, 'out'), 'w'), 'pipe'], encoding: 'utf8' },
      )
      if (status !== 0) throw new Error(`belenios-tool election ${command}: ${stderr}`)
      return performance.now() - start
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}
