import { z } from 'zod'
import { type Election, findElection, requireStatus } from '../election/find-election.ts'
import { NotSealed } from '../election/refusals.ts'
import { ceremonyState, readTrusteeGroup, type TrusteeGroup } from '../election/trustee-group.ts'
import { readTrustees } from '../election/trustees.ts'
import type { Group } from '../sealing/group.ts'
import { trusteePublicKeyFormat } from '../sealing/trustee-key.ts'
import type { ReadTransaction, UnitOfWork } from '../store/unit-of-work.ts'
import { keyFingerprint, type PublicKeyFile } from './key-file.ts'
import { TrusteeExists } from './refusals.ts'

const publicPoint = z.object({ public_key: z.string() })

export interface Trustee {
  /** The owner number in the public archive, from 1; the server is the first. */
  position: number
  name: string
  kind: 'server' | 'person'
  /** 64 hexadecimal digits. */
  publicKey: string
  /** In the threshold group, from 1; null for one without whom nothing opens. */
  place: number | null
  /** When the key was last shown to work before the opening, ISO 8601. */
  rehearsedAt: string | null
}

/** Trustees of whom some suffice. */
export interface GroupOutline {
  threshold: number
  /** By name, in their order. */
  trustees: string[]
  /** Where the key ceremony is; null once it is over. */
  ceremony: { round: number; awaited: string[] } | null
}

/** The trustees of an election, in order. */
export async function trusteesOf(tx: ReadTransaction, election: Election): Promise<Trustee[]> {
  const rows = await readTrustees(tx, election.id)
  return rows.map(({ position, name, kind, public_key, place, rehearsed_at }) => ({
    position,
    name,
    kind,
    publicKey: publicPoint.parse(JSON.parse(public_key)).public_key,
    place,
    rehearsedAt: rehearsed_at,
  }))
}

export function outlineOf(declared: TrusteeGroup | undefined): GroupOutline | null {
  if (declared === undefined) return null
  const state = ceremonyState(declared)
  return {
    threshold: declared.threshold,
    trustees: declared.members.map(({ name }) => name),
    ceremony: state === undefined ? null : { round: state.round, awaited: [...state.awaited] },
  }
}

export async function listTrustees(
  work: UnitOfWork,
  slug: string | undefined,
): Promise<{ election: string; trustees: Trustee[]; group: GroupOutline | null }> {
  return work.read(async (tx) => {
    const election = await findElection(tx, slug)
    const group = outlineOf(await readTrusteeGroup(tx, election.id))
    return { election: election.slug, trustees: await trusteesOf(tx, election), group }
  })
}

/**
 * Adds a trustee whose key was checked. Adding the same one again changes nothing.
 *
 * @throws WrongState once the election was opened: its key is that of all trustees together
 * @throws TrusteeExists
 */
export async function addTrustee(
  { work, group }: { work: UnitOfWork; group: Group },
  input: { slug: string | undefined; file: PublicKeyFile },
): Promise<{ election: string; trustee: Trustee; changed: boolean }> {
  const { name, publicKey } = input.file
  const key = keyFingerprint(publicKey)
  return work.write('add a trustee', async (tx) => {
    const election = await findElection(tx, input.slug)
    if (election.visibility !== 'secret') throw new NotSealed(election.slug)
    requireStatus(election, {
      deed: 'add a trustee',
      allowed: ['draft'],
      hint: 'The key of an election is that of all its trustees together, so they are fixed when it opens.',
    })
    const present = await trusteesOf(tx, election)
    const same = present.find((other) => other.publicKey === key || other.name === name)
    if (same !== undefined) {
      if (same.publicKey === key && same.name === name) {
        return { election: election.slug, trustee: same, changed: false }
      }
      throw new TrusteeExists({
        election: election.slug,
        name: same.name,
        same: same.publicKey === key ? 'key' : 'name',
      })
    }
    const declared = await readTrusteeGroup(tx, election.id)
    if (declared?.members.some((member) => member.name === name)) {
      throw new TrusteeExists({ election: election.slug, name, same: 'name' })
    }
    const position = (present.at(-1)?.position ?? 0) + 1
    await tx.db
      .insertInto('trustee')
      .values({
        election_id: election.id,
        position,
        name,
        kind: 'person',
        public_key: trusteePublicKeyFormat(group).write(publicKey),
        ...{ secret: null, place: null, rehearsed_at: null, created_at: tx.now },
      })
      .execute()
    await tx.record({
      action: 'trustee-added',
      election: election.slug,
      details: { position, name, publicKey: key },
    })
    return {
      election: election.slug,
      trustee: { position, name, kind: 'person', publicKey: key, place: null, rehearsedAt: null },
      changed: true,
    }
  })
}
