import { z } from 'zod'
import { findElection } from '../../election/find-election.ts'
import { readTrustees } from '../../election/trustees.ts'
import type { Group } from '../../sealing/group.ts'
import type { ReadTransaction, UnitOfWork } from '../../store/unit-of-work.ts'
import { type ReceivedFile, receiveFile, type TrusteeFile } from '../receive-files.ts'
import { ContributionInvalid } from '../refusals.ts'
import type { AdmittedTrustee } from './admit-trustee.ts'

/** What refusals call what came over the network. */
const request = 'the request'

/**
 * Verifies what a trustee sent through the server, as if it had come in a file, and keeps it. What is refused is kept
 * by its reason, for officers to see.
 *
 * @throws ContributionInvalid, TrusteeOutOfTurn, WrongState, BoxNotClosed
 */
export async function receiveFromTrustee(
  deps: { work: UnitOfWork; group: Group },
  { election, name }: Pick<AdmittedTrustee, 'election' | 'name'>,
  content: TrusteeFile['content'],
): Promise<ReceivedFile> {
  const work = deps.work.as(`trustee ${name}`)
  try {
    const speaker = await work.read((tx) => speakerOf(tx, election, content))
    if (speaker !== name) {
      const reason = `it speaks for ${speaker ?? 'nobody'}, and was sent by ${name}`
      throw new ContributionInvalid({ file: request, trustee: name, reason })
    }
    const received = await receiveFile({ ...deps, work }, { slug: election, file: request, content })
    await forgetRefusal(work, { election, name })
    return received
  } catch (error) {
    if (error instanceof ContributionInvalid) {
      const reason = String(error.details.reason)
      await keepReason(work, { election, name, reason, action: 'trustee-refused' })
    }
    throw error
  }
}

/** In whose name it is, by the keys where it has some. */
async function speakerOf(
  tx: ReadTransaction,
  slug: string,
  content: TrusteeFile['content'],
): Promise<string | undefined> {
  if (content.kind === 'urna-ceremony-answer') return content.name
  const trustees = await readTrustees(tx, (await findElection(tx, slug)).id)
  if (content.kind !== 'urna-rehearsal') {
    return trustees.find(({ position }) => position === content.trustee)?.name
  }
  return trustees.find(
    ({ public_key }) => (JSON.parse(public_key) as { public_key: string }).public_key === content.publicKey,
  )?.name
}

/** What a trustee finds wrong with what they were to go on from. */
export const objectionSchema = z.strictObject({
  reason: z
    .string()
    .min(1)
    .max(1000)
    .regex(/^[^\p{Cc}]*$/u)
    .meta({ description: 'As the command of the trustee says it, in English.' }),
})

/**
 * Keeps why a trustee does not go on, for officers to see: a share that lies is seen by its reader alone. It is the
 * word of the trustee, and proves nothing.
 */
export async function receiveObjection(
  work: UnitOfWork,
  { election, name }: Pick<AdmittedTrustee, 'election' | 'name'>,
  { reason }: z.infer<typeof objectionSchema>,
): Promise<void> {
  const said = `${name} does not go on: “${reason}”`
  await keepReason(work.as(`trustee ${name}`), { election, name, reason: said, action: 'trustee-objected' })
}

async function keepReason(
  work: UnitOfWork,
  kept: {
    election: string
    name: string
    reason: string
    action: 'trustee-refused' | 'trustee-objected'
  },
): Promise<void> {
  const { election: slug, name, reason, action } = kept
  await work.write('keep why a trustee was refused', async (tx) => {
    const { id } = await findElection(tx, slug)
    const { numUpdatedRows } = await tx.db
      .updateTable('trustee_invitation')
      .set({ refused_at: tx.now, refused_reason: reason })
      .where('election_id', '=', id)
      .where('name', '=', name)
      // The same again is no news.
      .where((eb) => eb.or([eb('refused_reason', 'is', null), eb('refused_reason', '!=', reason)]))
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return
    await tx.record({ action, election: slug, details: { name, reason } })
  })
}

async function forgetRefusal(
  work: UnitOfWork,
  { election, name }: Pick<AdmittedTrustee, 'election' | 'name'>,
): Promise<void> {
  await work.write('forget why a trustee was refused', async (tx) => {
    const { id } = await findElection(tx, election)
    await tx.db
      .updateTable('trustee_invitation')
      .set({ refused_at: null, refused_reason: null })
      .where('election_id', '=', id)
      .where('name', '=', name)
      .execute()
  })
}
