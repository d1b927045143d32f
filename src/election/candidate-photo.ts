import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { findElection } from './find-election.ts'
import type { Photo } from './photo.ts'
import { PhotoNotFound } from './refusals.ts'

/**
 * The photo of a candidate, for whoever may see the ballot.
 * @param wanted.contest its number on the ballot, from 1
 * @param wanted.option the candidate's number in the contest, from 1
 * @throws ElectionNotFound, PhotoNotFound
 */
export async function readCandidatePhoto(
  work: UnitOfWork,
  wanted: { election: string; contest: number; option: number },
): Promise<Photo> {
  return work.read(async (tx) => {
    const election = await findElection(tx, wanted.election)
    const photo = await tx.db
      .selectFrom('candidate_photo')
      .innerJoin('contest_option', 'contest_option.id', 'candidate_photo.option_id')
      .innerJoin('contest', 'contest.id', 'contest_option.contest_id')
      .select(['candidate_photo.type', 'candidate_photo.bytes', 'candidate_photo.sha256'])
      .where('contest.election_id', '=', election.id)
      .where('contest.position', '=', wanted.contest)
      .where('contest_option.position', '=', wanted.option)
      .executeTakeFirst()
    if (photo === undefined) throw new PhotoNotFound(wanted)
    return photo
  })
}

/** Puts a photo in the place of any that an option has. */
export async function storePhoto(tx: WriteTransaction, optionId: number, photo: Photo): Promise<void> {
  await tx.db.deleteFrom('candidate_photo').where('option_id', '=', optionId).execute()
  await tx.db
    .insertInto('candidate_photo')
    .values({ option_id: optionId, ...photo })
    .execute()
}

/** Gives the candidates of an election the photos that those of the same name and contest have in another. */
export async function copyPhotos(
  tx: WriteTransaction,
  { from, to }: { from: number; to: number },
): Promise<void> {
  const copies = await tx.db
    .selectFrom('candidate_photo as photo')
    .innerJoin('contest_option as old_option', 'old_option.id', 'photo.option_id')
    .innerJoin('contest as old', 'old.id', 'old_option.contest_id')
    .innerJoin('contest_option as option', 'option.name', 'old_option.name')
    .innerJoin('contest', (join) =>
      join.onRef('contest.id', '=', 'option.contest_id').onRef('contest.title', '=', 'old.title'),
    )
    .select(['option.id', 'photo.type', 'photo.bytes', 'photo.sha256'])
    .where('old.election_id', '=', from)
    .where('contest.election_id', '=', to)
    .execute()
  for (const { id, ...photo } of copies) await storePhoto(tx, id, photo)
}
