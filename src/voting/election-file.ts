import { inputBytes } from '../interchange/read-input.ts'
import { headerName } from '../sealing/archive.ts'
import { readBoard } from '../sealing/board-reader.ts'
import { parseElection } from '../sealing/election.ts'
import type { Group } from '../sealing/group.ts'
import { electionPublicKey, findWrongTrustee, parseTrustees, trusteesToOpen } from '../sealing/trustee.ts'
import { type PublicElection, readElectionText } from './public-election.ts'
import { ArchiveInvalid, ElectionFileInvalid } from './refusals.ts'

/** In bytes: far above the largest election. */
const largestElection = 64 * 1024 * 1024

/**
 * Reads a public election from its own file or from the public archive. Of an archive, it also checks what
 * a voter relies on: that the key to which ballots are sealed is the trustees', who know their shares of it.
 * @throws InputUnreadable, ElectionFileInvalid, ArchiveInvalid
 */
export async function readPublicElection(group: Group, path: string): Promise<PublicElection> {
  if (await isArchive(path)) return readFromArchive(group, path)
  return understood(group, path, await readText(path))
}

async function readFromArchive(group: Group, path: string): Promise<PublicElection> {
  for await (const piece of readBoard(group, inputBytes(path))) {
    if (piece.kind === 'refused') throw new ArchiveInvalid(path, piece)
    const { entry } = piece
    if (entry.type !== 'Setup') break
    const sealed = parseElection(group, entry.election.body)
    if ('refused' in sealed) throw new ElectionFileInvalid(path, sealed.refused.code)
    const trustees = parseTrustees(group, entry.trustees.body)
    if ('refused' in trustees || findWrongTrustee(group, trustees) !== undefined) {
      throw new ElectionFileInvalid(path, 'the key of a trustee is not proven')
    }
    if (!group.equal(electionPublicKey(group, trustees), sealed.publicKey)) {
      throw new ElectionFileInvalid(path, 'its key is not the one of its trustees')
    }
    const election = understood(group, path, entry.election.body, trusteesToOpen(trustees))
    return { ...election, credentials: entry.credentials.body }
  }
  throw new ElectionFileInvalid(path, 'the archive is empty')
}

function understood(
  group: Group,
  path: string,
  json: string,
  keyHolders: number | null = null,
): PublicElection {
  const election = readElectionText(group, json, keyHolders)
  if ('refused' in election) throw new ElectionFileInvalid(path, election.refused)
  return election
}

/** The text of the file, without the line end that an editor or a mail program may have added. */
async function readText(path: string): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of inputBytes(path)) {
    size += chunk.length
    if (size > largestElection) throw new ElectionFileInvalid(path, 'it is far too large')
    chunks.push(chunk)
  }
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    return decoder.decode(Buffer.concat(chunks)).replace(/\r?\n$/, '')
  } catch {
    throw new ElectionFileInvalid(path, 'it is not text in UTF-8')
  }
}

async function isArchive(path: string): Promise<boolean> {
  for await (const chunk of inputBytes(path)) {
    return Buffer.from(chunk).toString('latin1', 0, headerName.length) === headerName
  }
  return false
}
