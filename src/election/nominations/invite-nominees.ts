import { stringify } from 'csv-stringify/sync'
import { hashOfSecret, makeSecret } from '../../organisation/link-secret.ts'
import { replacePrivateFile } from '../../report/output-file.ts'
import type { UnitOfWork } from '../../store/unit-of-work.ts'
import { voteOrigin } from '../../voting/vote-link.ts'
import { findNomination, readNominations } from './find-nomination.ts'
import { findPhase, requireOpen } from './phase.ts'

export interface InvitedNominees {
  election: string
  /** Title. */
  contest: string
  /** Null where nobody was left to invite. */
  file: string | null
  /** Who got a link now. */
  invited: string[]
  /** Who has one from before. */
  standing: string[]
}

/**
 * Writes a file with a link for each nominee who has none, by which they answer. It is written before the links count:
 * that of a command that was interrupted is worth nothing, and is replaced by its repetition.
 * @param input.again who gets a new link, by name or place; the one before counts no more
 * @throws LinkHostInvalid, NominationsOver, NominationNotFound, NominationAmbiguous, OutputUnwritable, WrongState
 */
export async function inviteNominees(
  work: UnitOfWork,
  input: {
    election: string | undefined
    contest: string | undefined
    links: string
    file: string
    again: string | undefined
  },
): Promise<InvitedNominees> {
  const origin = voteOrigin(input.links)
  return work.write('invite the nominees', async (tx) => {
    const found = await findPhase(tx, { ...input, deed: 'invite nominees' })
    requireOpen(found, tx.now)
    const { election, contest } = found
    const { slug } = election
    const again = input.again === undefined ? undefined : await findNomination(tx, found, input.again)
    const all = await readNominations(tx, contest.id)
    const wanted = again === undefined ? all.filter(({ hash }) => hash === null) : [again]
    const rows = wanted.map(({ id, name, email }) => ({ id, name, email, secret: makeSecret('nominee') }))
    if (rows.length > 0) {
      const lines = rows.map(({ name, email, secret }) => [
        ...[name, email ?? '', contest.title],
        // The secret stands behind the #, a part that no browser sends to any server.
        `${origin}/nominate/${slug}#n=${secret}`,
      ])
      const text = stringify([['name', 'email', 'contest', 'link'], ...lines], { escape_formulas: true })
      await replacePrivateFile(input.file, text)
      for (const { id, secret } of rows) {
        const link = { hash: hashOfSecret(secret), invited_at: tx.now }
        await tx.db.updateTable('nomination').set(link).where('id', '=', id).execute()
      }
      await tx.record({
        action: 'nominees-invited',
        election: slug,
        details: { contest: contest.title, invited: rows.length },
        personal: { names: rows.map(({ name }) => name) },
      })
    }
    return {
      ...{ election: slug, contest: contest.title, file: rows.length > 0 ? input.file : null },
      invited: rows.map(({ name }) => name),
      standing: all.filter(({ id }) => !rows.some((row) => row.id === id)).map(({ name }) => name),
    }
  })
}
