import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { vectorsFolder } from './corpus.ts'

/** The files of one Belenios archive, found by what they are, read without any code of ours. */
export interface BoardFiles {
  readonly election: string
  readonly trustees: string
  readonly credentials: string
  /** In the order they were cast. */
  readonly ballots: readonly string[]
  readonly sizedTally: string
  readonly encryptedTally: string
  readonly shuffles: readonly Owned[]
  readonly decryptions: readonly Owned[]
  readonly result: string
}

interface Owned {
  readonly owner: number
  readonly json: string
}

/** @param name such as `h20`, or `demo` for the archive in the folder of that name. */
export function readBoardFiles(name: string): BoardFiles {
  const folder = vectorsFolder()!
  const [archive] = globSync([`${name}.bel`, `${name}/*.bel`], { cwd: folder })
  const files = untar(readFileSync(join(folder, archive!)))
  const data = (hash: string) => files.get(`${hash}.data.json`)!
  const events = [...files]
    .filter(([name]) => name.endsWith('.event.json'))
    .map(([, json]): { height: number; type: string; payload: string } => JSON.parse(json))
    .sort((a, b) => a.height - b.height)
  const payloads = (type: string) =>
    events.filter((event) => event.type === type).map(({ payload }) => data(payload))
  const owned = (type: string): Owned[] =>
    payloads(type).map((json) => {
      const { owner, payload }: { owner: number; payload: string } = JSON.parse(json)
      return { owner, json: data(payload) }
    })

  const setup: Record<'election' | 'trustees' | 'credentials', string> = JSON.parse(payloads('Setup')[0]!)
  const sizedTally = payloads('EncryptedTally')[0] ?? '{}'
  return {
    election: data(setup.election),
    trustees: data(setup.trustees),
    credentials: data(setup.credentials),
    ballots: payloads('Ballot'),
    sizedTally,
    encryptedTally: data(JSON.parse(sizedTally).encrypted_tally),
    shuffles: owned('Shuffle'),
    decryptions: owned('PartialDecryption'),
    result: payloads('Result')[0]!,
  }
}

/** A private file beside an archive, such as `private_creds.json`. */
export function readPrivateFiles(name: string, pattern: string): string[] {
  const folder = join(vectorsFolder()!, name)
  return globSync(pattern, { cwd: folder })
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'))
}

function untar(archive: Buffer): Map<string, string> {
  const files = new Map<string, string>()
  for (let start = 0; start + 512 <= archive.length && archive[start] !== 0; ) {
    const name = archive.toString('latin1', start, start + 100).replace(/\0.*$/s, '')
    const size = Number.parseInt(archive.toString('latin1', start + 124, start + 135), 8)
    files.set(name, archive.toString('utf8', start + 512, start + 512 + size))
    start += 512 + Math.ceil(size / 512) * 512
  }
  return files
}
