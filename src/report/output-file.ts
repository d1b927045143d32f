import { createHash, type Hash } from 'node:crypto'
import { constants, createReadStream } from 'node:fs'
import { access, type FileHandle, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { giveNewName } from '../new-name.ts'
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
 * @param options.existing what to do with a file of that name and another content: `extend` replaces one
 * that the new file begins with, such as an archive that has grown since, and no other; `replace` replaces any
 * @param options.hint how to mend it where such a file is there
 * @param options.mode `0o600` for what its owner alone may read
 * @throws OutputExists, OutputUnwritable
 */
export async function writeOutputFile(
  path: string,
  write: (sink: Sink) => Promise<void>,
  options: { existing: 'refuse' | 'extend' | 'replace'; hint?: string; mode?: 0o600 | 0o644 },
): Promise<WrittenFile> {
  const temporary = temporaryName(path)
  try {
    const { bytes, sha256 } = await writeTemporary(temporary, write, options.mode ?? 0o644)
    const present = await contentOf(path)
    const written = { file: path, bytes, sha256, changed: present?.sha256 !== sha256 }
    if (present === undefined) giveNewName(temporary, path)
    else if (!written.changed) await rm(temporary)
    else if (
      options.existing === 'replace' ||
      (options.existing === 'extend' && (await beginsWith(temporary, bytes, present)))
    ) {
      await rename(temporary, path)
    } else throw new OutputExists(path, options.hint)
    return written
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {})
    throw unwritableOr(path, error)
  }
}

/**
 * Writes a file that must not be there yet, whole or not at all.
 *
 * @throws OutputExists, OutputUnwritable
 */
export async function writeNewFile(
  path: string,
  content: string | Uint8Array,
  mode: 0o600 | 0o644,
): Promise<void> {
  try {
    await placeNewFile(path, content, mode)
  } catch (error) {
    throw unwritableOr(path, error)
  }
}

/**
 * Puts another content into a file that its owner alone may read: the old or the new one is there, never a part.
 *
 * @throws OutputUnwritable
 */
export async function replacePrivateFile(path: string, text: string): Promise<void> {
  const temporary = temporaryName(path)
  try {
    await rm(temporary, { force: true })
    await writeNewFile(temporary, text, 0o600)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {})
    throw unwritableOr(path, error)
  }
}

/**
 * What `writeNewFile` does, for who has refusals of their own.
 * @throws what the system says, `EEXIST` where there is such a file
 */
export async function placeNewFile(
  path: string,
  content: string | Uint8Array,
  mode: 0o600 | 0o644,
): Promise<void> {
  const temporary = temporaryName(path)
  await rm(temporary, { force: true })
  try {
    const handle = await open(temporary, 'wx', mode)
    try {
      await handle.writeFile(content)
    } finally {
      await handle.close()
    }
    giveNewName(temporary, path)
  } finally {
    await rm(temporary, { force: true }).catch(() => {})
  }
}

/** Two commands that write one file at once must not write into each other's. */
function temporaryName(path: string): string {
  return `${path}.${process.pid}.part`
}

/**
 * Looks whether a new file could have that name, before long work or what can't be undone.
 * @throws OutputExists, OutputUnwritable
 */
export async function requireFree(path: string, hint?: string): Promise<void> {
  if ((await stat(path).catch(() => undefined)) !== undefined) throw new OutputExists(path, hint)
  await access(dirname(path), constants.W_OK).catch((error: unknown) => {
    throw unwritableOr(path, error)
  })
}

async function writeTemporary(
  path: string,
  write: (sink: Sink) => Promise<void>,
  mode: 0o600 | 0o644,
): Promise<Content> {
  // A killed process of the same number may have left one; what else stands there is not written through.
  await rm(path, { force: true })
  const handle: FileHandle = await open(path, 'wx', mode)
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

interface Content {
  bytes: number
  sha256: string
}

/** Undefined if there is no such file. */
async function contentOf(path: string): Promise<Content | undefined> {
  const found = await stat(path).catch(() => undefined)
  return found && { bytes: found.size, sha256: await hashOfBeginning(path, found.size) }
}

async function beginsWith(path: string, size: number, { bytes, sha256 }: Content): Promise<boolean> {
  return bytes <= size && (await hashOfBeginning(path, bytes)) === sha256
}

/** @param bytes how many of them are hashed */
async function hashOfBeginning(path: string, bytes: number): Promise<string> {
  const hash = createHash('sha256')
  if (bytes > 0) await pipeline(createReadStream(path, { end: bytes - 1 }), hash)
  return hash.digest('hex')
}

const outside: ReadonlySet<string | undefined> = new Set([
  'ENOENT',
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOSPC',
  'EIO',
  'ENOTDIR',
  'EISDIR',
])

/** The sentence for a file that can't be written, where the system does not let it; any other error as it is. */
export function unwritableOr(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EEXIST') return new OutputExists(path)
  return outside.has(code) ? new OutputUnwritable(path, code ?? 'unknown') : error
}
