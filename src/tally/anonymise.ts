import { randomInt } from 'node:crypto'
import { shuffled } from '../ballot/shuffled.ts'
import type { ClearElection } from '../election/clear-election.ts'
import { readContests } from '../election/contests.ts'
import { type Election, findElection, requireStatus } from '../election/find-election.ts'
import { endBallots, setupRecords } from '../sealing/board.ts'
import type { Group } from '../sealing/group.ts'
import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { methodById } from '../tabulation/registry.ts'
import { appendBoardRecords, boardHead } from '../voting/board-records.ts'
import { type ClearBallot, partsOf } from '../voting/clear-ballot.ts'
import { anonymousBox } from './anonymous-box.ts'
import { clearElectionOf, countingBallots } from './clear-records.ts'
import { NotAnonymous } from './count-refusals.ts'
import { readStoredBoard } from './stored-board.ts'
import { unitOf } from './weighed-records.ts'

export interface Anonymised {
  election: string
  /** False where it was done before. */
  changed: boolean
  /** How many ballots lost their voters. */
  ballots: number
}

/**
 * Deletes for good who cast which ballot of an open election: signatures, credentials and order go, and of each
 * contest remain the choices, alike ones together, so that what stood together on a ballot is gone as well. The
 * tracking codes stay, apart from the choices, and so does the mark of who has voted.
 * @throws NotAnonymous where the ballots are sealed, published by name or none, or their order counts, WrongState before the count,
 *   NotCompacted
 */
export async function anonymiseElection(
  { work, group }: { work: UnitOfWork; group: Group },
  slug: string | undefined,
): Promise<Anonymised> {
  const done = await work.write('anonymise election', async (tx) => {
    const election = await findElection(tx, slug)
    const { slug: name, visibility } = election
    if (visibility !== 'open') throw new NotAnonymous({ slug: name, why: visibility })
    const contests = await readContests(tx, election.id)
    if (contests.some(({ method }) => methodById(method).needsBallotOrder)) {
      throw new NotAnonymous({ slug: name, why: 'ordered' })
    }
    requireStatus(election, {
      deed: 'make it anonymous',
      allowed: ['tallied', 'certified', 'archived'],
      hint: `After the close, count it first with: urna tally run ${election.slug}`,
    })
    if (election.anonymised_at !== null) return { election: election.slug, changed: false, ballots: 0 }
    return forgetVoters(tx, group, election)
  })
  // What was deleted is not to be read from the journal either; one that was cut short before this is ended by another.
  work.forgetJournal()
  return done
}

async function forgetVoters(tx: WriteTransaction, group: Group, election: Election): Promise<Anonymised> {
  const { id, slug, uuid } = election
  const clear = clearElectionOf(group, election)
  const counting = []
  for await (const { ballot, units } of countingBallots(tx, group, election)) {
    counting.push(choicesOf(clear, ballot, units))
  }
  const listed = await tx.db
    .selectFrom('ballot')
    .select(['tracking_code', 'effective'])
    .where('election_id', '=', id)
    .execute()
  const before = await boardHead(tx, id)
  const { election: text, credentials } = await readStoredBoard(tx, election)

  await tx.db.updateTable('election').set({ anonymised_at: tx.now }).where('id', '=', id).execute()
  await tx.db.deleteFrom('ballot').where('election_id', '=', id).execute()
  await tx.db.deleteFrom('board_record').where('election_id', '=', id).execute()
  const setup = setupRecords(group, { election: text, trustees: '[]', credentials })
  const end = endBallots(group, setup.head)
  await appendBoardRecords(tx, id, [...setup.records, ...end.records])
  // The order in which they came is in the log, beside the voters.
  for (const { tracking_code, effective } of shuffled(listed, randomInt)) {
    const forgotten = { voter_id: null, token_id: null, board_position: null }
    await tx.db
      .insertInto('ballot')
      .values({ election_id: id, tracking_code, effective, ...forgotten })
      .execute()
  }
  // Archives that were made before name the voter by the credential: from here on nobody knows whose it was.
  await tx.db.deleteFrom('token_credential').where('uuid', '=', uuid).execute()
  await tx.db
    .insertInto('anonymous_box')
    .values({
      election_id: id,
      body: JSON.stringify(anonymousBox(clear.parameters.contests.length, counting)),
    })
    .execute()
  await tx.record({
    action: 'election-anonymised',
    election: slug,
    details: { ballots: listed.length, headBefore: before.hash, head: end.head.hash },
  })
  return { election: slug, changed: true, ballots: listed.length }
}

/** What was chosen in its one spelling, so that no other one tells a ballot apart; of invalid ones what they say. */
function choicesOf(clear: ClearElection, { choices }: ClearBallot, units: bigint) {
  const unit = unitOf(clear)
  return partsOf(clear, choices, units * unit).map((parts) =>
    parts.map(({ choice, micros }) => ({ choice, units: micros / unit })),
  )
}
