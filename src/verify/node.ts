import { loadGroup } from '../sealing/group-sodium.ts'
import { archiveFile } from '../tally/archive-file.ts'
import { openCrew } from '../tally/crew.ts'
import type { Archive, NodeVerifyOptions, Verification } from './public.d.ts'
import { verifyPlainly } from './verify-plainly.ts'

/** `urna/verify` in Node: with all cores. @throws InputUnreadable where the file can't be read */
export async function verify(
  archive: Archive | string,
  { jobs, onRead, ...options }: NodeVerifyOptions = {},
): Promise<Verification> {
  const group = await loadGroup()
  const crew = openCrew(group, { jobs })
  try {
    const source = typeof archive === 'string' ? await archiveFile(archive, onRead) : archive
    return await verifyPlainly(group, source, options, crew)
  } finally {
    await crew.close()
  }
}
