import { join } from 'node:path'
import { findElection, requireStatus } from '../../election/find-election.ts'
import { NotSealed } from '../../election/refusals.ts'
import { namesOfTrustees } from '../../election/trustee-invitations.ts'
import { hashOfSecret, makeSecret } from '../../organisation/link-secret.ts'
import { replacePrivateFile } from '../../report/output-file.ts'
import type { UnitOfWork } from '../../store/unit-of-work.ts'
import { fileNameOf } from '../generate-trustee.ts'
import { NoPeople, NoSuchTrustee } from '../refusals.ts'
import { invitationText, serverOrigin } from './invitation.ts'

export interface InvitedTrustees {
  election: string
  /** Origin. */
  server: string
  /** Whose invitations were written now. */
  invited: { name: string; file: string }[]
  /** Who has one from before, which counts as it did. */
  standing: string[]
}

/**
 * Writes a file for each trustee who has no invitation yet, by which they take part through the server. The files are
 * written before the invitations count: those of a command that was interrupted are worth nothing, and are replaced by
 * its repetition.
 *
 * @param input.again the trustee who gets a new one; the one before counts no more
 * @throws ServerAddressInvalid, WrongState, NotSealed, NoPeople, NoSuchTrustee, OutputUnwritable
 */
export async function inviteTrustees(
  work: UnitOfWork,
  input: { slug: string | undefined; server: string; folder: string; again: string | undefined },
): Promise<InvitedTrustees> {
  const server = serverOrigin(input.server)
  return work.write('invite the trustees', async (tx) => {
    const election = await findElection(tx, input.slug)
    const { id, slug, uuid, title, visibility } = election
    if (visibility !== 'secret') throw new NotSealed(slug)
    requireStatus(election, { deed: 'invite its trustees', allowed: ['draft', 'open', 'paused', 'closed'] })
    const names = await namesOfTrustees(tx, id)
    if (names.length === 0) throw new NoPeople(slug)
    const { again } = input
    if (again !== undefined && !names.includes(again))
      throw new NoSuchTrustee({ election: slug, name: again })
    const rows = await tx.db
      .selectFrom('trustee_invitation')
      .select('name')
      .where('election_id', '=', id)
      .execute()
    const standing = names.filter((name) => name !== again && rows.some((row) => row.name === name))
    const fileNames = distinctFileNames(names)
    const invited: { name: string; file: string }[] = []
    for (const [index, name] of names.entries()) {
      if (standing.includes(name) || (again !== undefined && name !== again)) continue
      const file = join(input.folder, `${fileNames[index]}.${uuid}.invitation.json`)
      const secret = makeSecret('trustee')
      const text = invitationText({ server, election: { slug, uuid, title }, name, secret })
      await replacePrivateFile(file, text)
      const values = { hash: hashOfSecret(secret), created_at: tx.now }
      await tx.db
        .insertInto('trustee_invitation')
        .values({ election_id: id, name, ...values })
        .onConflict((conflict) => conflict.columns(['election_id', 'name']).doUpdateSet(values))
        .execute()
      invited.push({ name, file })
    }
    if (invited.length > 0) {
      const details = { trustees: invited.map(({ name }) => name), server }
      await tx.record({ action: 'trustees-invited', election: slug, details })
    }
    return { election: slug, server, invited, standing }
  })
}

/** People whose names differ in what no file name has get a number behind theirs. */
function distinctFileNames(names: readonly string[]): string[] {
  const plain = names.map(fileNameOf)
  return plain.map((name, index) => (plain.indexOf(name) === index ? name : `${name}-${index + 1}`))
}
