import { basename, dirname, resolve } from 'node:path'
import { readCandidateFile } from '../election/candidate-file.ts'
import { withCandidates, withPhoto } from '../election/config-candidates.ts'
import type { ElectionDraft } from '../election/create-election.ts'
import { readPhotoFile } from '../election/photo-file.ts'
import { readElectionConfig } from '../election/read-config.ts'
import { readTextInput } from '../interchange/read-input.ts'
import { fileSource } from '../register/csv-source.ts'
import { systemZone } from './system-zone.ts'

/**
 * Reads the file that describes an election, with the files of candidates that it names; those are looked for
 * beside it.
 * @throws InputUnreadable, ElectionConfigInvalid, CsvUnreadable, CsvHeaderUnusable, CandidatesRejected,
 *   PhotoInvalid
 */
export async function readConfigFile(
  path: string,
): Promise<{ draft: ElectionDraft; trustees: readonly string[] }> {
  const text = await readTextInput(path)
  const { draft, candidateFiles, photos, trustees } = readElectionConfig(text, {
    file: basename(path),
    zone: systemZone(),
  })
  let complete = draft
  for (const [contest, name] of candidateFiles) {
    const source = resolve(dirname(path), name)
    const file = await readCandidateFile(fileSource(source), { photosIn: dirname(source) })
    complete = withCandidates(complete, { contest, name, file })
  }
  for (const { file, ...whose } of photos) {
    complete = withPhoto(complete, { ...whose, photo: await readPhotoFile(resolve(dirname(path), file)) })
  }
  return { draft: complete, trustees }
}
