import { execFileSync, spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** In bytes: room for a small election, several times. */
const size = 64 << 20

/** A file system of its own, in memory. */
export interface SmallDisk {
  readonly path: string
  /** Leaves not one byte free. */
  fill(): void
  /** Undoes `fill`. */
  free(): void
  makeReadOnly(): void
  makeWritable(): void
  remove(): void
}

/** A sentence where this user can't mount anything. */
export function whyNoDisk(): string | undefined {
  const path = mkdtempSync(join(tmpdir(), 'urna-disk-'))
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', path])
  if (status === 0) spawnSync('umount', [path])
  rmSync(path, { recursive: true })
  return status === 0 ? undefined : 'skipped: no right to mount a disk that can be filled'
}

export function mountSmallDisk(): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), 'urna-disk-'))
  const filler = join(path, 'filler')
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'none', path])
  mkdirSync(filler)
  return {
    path,
    fill: () => {
      const descriptor = openSync(join(filler, 'bytes'), 'w')
      const zeros = Buffer.alloc(4096)
      try {
        for (;;) writeSync(descriptor, zeros)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      } finally {
        closeSync(descriptor)
      }
    },
    free: () => rmSync(join(filler, 'bytes')),
    makeReadOnly: () => execFileSync('mount', ['-o', 'remount,ro', path]),
    makeWritable: () => execFileSync('mount', ['-o', 'remount,rw', path]),
    remove: () => {
      execFileSync('umount', [path])
      rmSync(path, { recursive: true })
    },
  }
}
