import { generateUuid } from '../sealing/credential.ts'
import type { Group } from '../sealing/group.ts'
import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { cancelIn } from './cancel-election.ts'
import { copyPhotos } from './candidate-photo.ts'
import { readContests } from './contests.ts'
import { copyTrustees } from './copy-trustees.ts'
import { addRunoffSlots, freeSlug, insertElection } from './create-election.ts'
import { draftOfFields } from './draft-of-fields.ts'
import { contestConfigOf, electionConfigOf } from './export-config.ts'
import { type Election, findElection, requireStatus } from './find-election.ts'
import { judgeStep } from './lifecycle.ts'
import { RunoffNotReset } from './refusals.ts'

export interface ResetElection {
  election: string
  /** False where that was done before. */
  changed: boolean
  /** What became of the first: it keeps its ballots, and a result that was counted. */
  status: Election['status']
  /** Short name of the draft that is held in its stead. */
  draft: string
}

/**
 * Has an election held once more: the same description in a new draft, without a time, a ballot or a token. The first is
 * called off, where it was not counted yet, and stays on record with all that was cast.
 * @throws WrongState for a draft and once it is certified, RunoffNotReset
 */
export async function resetElection(
  { work, group }: { work: UnitOfWork; group: Group },
  input: { election: string | undefined; reason: string | undefined },
): Promise<ResetElection> {
  return work.write('reset election', async (tx) => {
    const election = await findElection(tx, input.election)
    const { slug } = election
    const before = await resetOf(tx, election)
    const draft = before ?? (await resetIn(tx, group, { election, reason: input.reason }))
    const { status } = await findElection(tx, slug)
    return { election: slug, changed: before === undefined, status, draft: draft.slug }
  })
}

/** The election that is held in its stead. */
function resetOf(tx: WriteTransaction, { id }: Election): Promise<Election | undefined> {
  return tx.db.selectFrom('election').selectAll().where('resets', '=', id).executeTakeFirst()
}

/** The caller has seen that it was not done before. @throws WrongState, RunoffNotReset */
export async function resetIn(
  tx: WriteTransaction,
  group: Group,
  { election, reason }: { election: Election; reason: string | undefined },
): Promise<Election> {
  const { id: from, slug, status, zone } = election
  if (election.runoff_of !== null) throw new RunoffNotReset(slug)
  requireStatus(election, {
    deed: 'reset it',
    allowed: ['open', 'paused', 'closed', 'tallied', 'cancelled'],
    ...(status === 'draft' && { hint: `A draft can be changed as it is: urna election edit ${slug}` }),
  })
  const said = reason === undefined ? {} : { reason }
  if (judgeStep(status, 'cancel') === 'take') await cancelIn(tx, election, said)
  const { slug: _slug, opens: _opens, closes: _closes, ...config } = electionConfigOf(election)
  const contests = (await readContests(tx, from)).map(contestConfigOf)
  const wanted = slug.slice(0, 52).replace(/-$/, '')
  const draft = await insertElection(tx, group, {
    organisationId: election.organisation_id,
    draft: { ...draftOfFields({ ...config, contests }, zone), slug: await freeSlug(tx, wanted) },
    uuid: generateUuid(group),
  })
  await tx.db.updateTable('election').set({ resets: from }).where('id', '=', draft.id).execute()
  await addRunoffSlots(tx, group, draft)
  if (election.visibility === 'secret') await copyTrustees(tx, group, { from, to: draft.id })
  await copyPhotos(tx, { from, to: draft.id })
  await copyPeople(tx, { from, to: draft.id })
  await tx.record({ action: 'election-reset', election: slug, details: { draft: draft.slug, ...said } })
  return draft
}

/** What was said of members for this election alone: their weights, and to whom they gave their votes. */
async function copyPeople(tx: WriteTransaction, { from, to }: { from: number; to: number }): Promise<void> {
  const weights = await tx.db
    .selectFrom('election_weight')
    .select(['member_id', 'weight_micros'])
    .where('election_id', '=', from)
    .execute()
  await tx.insertAll(
    'election_weight',
    weights.map((weight) => ({ ...weight, election_id: to })),
  )
  const given = await tx.db
    .selectFrom('delegation')
    .select(['organisation_id', 'represented_id', 'acting_id', 'reason', 'expires_at', 'officer', 'at'])
    .where('election_id', '=', from)
    .where('revoked_at', 'is', null)
    .execute()
  for (const delegation of given) {
    await tx.db
      .insertInto('delegation')
      .values({ ...delegation, election_id: to })
      .execute()
  }
}
