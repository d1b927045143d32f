import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { OutputExists, OutputUnwritable } from './refusals.ts'

/** Takes the bytes of a file in order. */
export type Sink = (bytes: Uint8Array) => void | Promise<void>

export interface WrittenFile {
  file: string
  bytes: number
  /** SHA-256 of the content, hex. */
  sha256: string
  /** False if the very same was there already. */
  changed: boolean
}

/**
 * Writes a file whole or not at all: under a temporary name beside it, which becomes its own at the end.
 *
 * @param options.existing what to do with a file of that name and another content: `replace` only what the
 * new one contains, such as an archive that has grown
 * @throws OutputExists, OutputUnwritable
 */
export async function writeOutputFile(
  path: string,
  write: (sink: Sink) => Promise<void>,
  options: { existing: 'refuse' | 'replace' },
): Promise<WrittenFile> {
  const temporary = `${path}.part`
  try {
    const { bytes, sha256 } = await writeTemporary(temporary, write)
    const present = await hashOfFile(path)
    const written = { file: path, bytes, sha256, changed: present !== sha256 }
    if (present === sha256) await rm(temporary)
    else if (present !== undefined && options.existing === 'refuse') throw new OutputExists(path)
    else await rename(temporary, path)
    return written
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {})
    throw refusalOf(path, error)
  }
}

/**
 * Writes a file that must not be there yet.
 *
 * @throws OutputExists, OutputUnwritable
 */
export async function writeNewFile(path: string, text: string, mode: 0o600 | 0o644): Promise<void> {
  try {
    const handle = await open(path, 'wx', mode)
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw refusalOf(path, error)
  }
}

/** Looks before long work whether a new file could have that name. @throws OutputExists */
export async function requireFree(path: string): Promise<void> {
  if ((await stat(path).catch(() => undefined)) !== undefined) throw new OutputExists(path)
}

async function writeTemporary(
  path: string,
  write: (sink: Sink) => Promise<void>,
): Promise<{ bytes: number; sha256: string }> {
  const handle: FileHandle = await open(path, 'w', 0o644)
  const hash: Hash = createHash('sha256')
  let bytes = 0
  try {
    await write(async (chunk) => {
      hash.update(chunk)
      bytes += chunk.length
      await handle.appendFile(chunk)
    })
    await handle.sync()
  } finally {
    await handle.close()
  }
  return { bytes, sha256: hash.digest('hex') }
}

/** Undefined if there is no such file. */
async function hashOfFile(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) return undefined
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

const outside: ReadonlySet<string | undefined> = new Set([
  'ENOENT',
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOSPC',
  'ENOTDIR',
  'EISDIR',
])

function refusalOf(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EEXIST') return new OutputExists(path)
  return outside.has(code) ? new OutputUnwritable(path, code ?? 'unknown') : error
}
