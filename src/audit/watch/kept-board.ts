import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { readTextIfThere } from '../../interchange/read-input.ts'
import { jsonOf } from '../../json-of.ts'
import { unwritableOr, writeOutputFile } from '../../report/output-file.ts'
import { prefixSchema } from '../../report/prefix-schema.ts'
import { FolderKeepsAnother, KeptBoardUnreadable } from './refusals.ts'

const keptSchema = z.strictObject({
  kind: z.literal('urna-kept-board'),
  address: z.string(),
  /** What the server called the archive; null where it did not. */
  tag: z.string().nullable(),
  prefix: prefixSchema,
})

/** What a folder knows of a board. */
export type KeptBoard = z.infer<typeof keptSchema>

/** The files of the folder in which a board is kept. */
export interface KeptFiles {
  /** The copy of what was verified last. It only grows. */
  readonly archive: string
  /** What was downloaded and is not verified yet. */
  readonly arriving: string
  readonly knowledge: string
  /** @param sha256 of what was found in the place of what is kept */
  evidence(sha256: string): string
}

/** @throws OutputUnwritable */
export async function openKeptFolder(folder: string): Promise<KeptFiles> {
  await makeFolder(folder)
  return {
    archive: join(folder, 'archive.bel'),
    // Two that watch into one folder must not write into each other's.
    arriving: join(folder, `arriving.${process.pid}.part`),
    knowledge: join(folder, 'kept.json'),
    evidence: (sha256) => join(folder, `found-${sha256.slice(0, 12)}.bel`),
  }
}

/** By itself: Node's own way with those above it takes a read-only disk for a folder that is not there. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
      await makeFolder(dirname(folder))
      await mkdir(folder)
    })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unwritableOr(folder, error)
  }
}

/**
 * @returns undefined where nothing is kept yet
 * @throws FolderKeepsAnother, KeptBoardUnreadable
 */
export async function readKept(
  folder: string,
  { knowledge }: KeptFiles,
  address: string,
): Promise<KeptBoard | undefined> {
  const text = await readTextIfThere(knowledge)
  if (text === undefined) return undefined
  const kept = keptSchema.safeParse(jsonOf(text))
  if (!kept.success) throw new KeptBoardUnreadable(knowledge)
  if (kept.data.address !== address) {
    throw new FolderKeepsAnother({ folder, kept: kept.data.address, asked: address })
  }
  return kept.data
}

export async function writeKept({ knowledge }: KeptFiles, kept: Omit<KeptBoard, 'kind'>): Promise<void> {
  const text = `${JSON.stringify({ kind: 'urna-kept-board', ...kept }, null, 2)}\n`
  await writeOutputFile(knowledge, async (sink) => sink(new TextEncoder().encode(text)), {
    existing: 'replace',
  })
}
