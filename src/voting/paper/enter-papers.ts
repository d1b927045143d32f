import type { Contest } from '../../election/contests.ts'
import { findContest } from '../../election/find-contest.ts'
import { type Election, findElection } from '../../election/find-election.ts'
import type { OfficerSigner } from '../../organisation/officer-key-file.ts'
import { officerOfKey } from '../../organisation/officer-keys.ts'
import type { UnitOfWork, WriteTransaction } from '../../store/unit-of-work.ts'
import type { PaperTally } from './paper-schema.ts'
import { papersIn } from './paper-tally.ts'
import {
  type BatchContest,
  type PaperBatch,
  type PaperEntry,
  readBatches,
  readEntries,
} from './read-paper.ts'
import { BatchNotFound, PaperEntryInvalid, PaperRefused } from './refusals.ts'
import { requirePaper } from './require-paper.ts'

export interface PaperEntryRequest {
  election: string | undefined
  batch: number
  /** Title or number; not needed where there is one. */
  contest: string | undefined
  /** What the officer read, by the contest as it is. */
  read: (contest: Contest) => Promise<PaperTally>
  signer: OfficerSigner
  /** Of an entry that stands where two others differ. */
  reason: string | undefined
}

export interface EnteredPapers extends BatchContest {
  election: string
  batch: number
  place: string
  /** False where this officer had entered the same before. */
  changed: boolean
}

/**
 * Takes what an officer read from a batch, signed with the officer's key. The first two are of different officers, and
 * neither learns what the other read before both are there; where they differ, a third one stands, with a reason.
 * @throws PaperRefused, PaperEntryInvalid, BatchNotFound, ContestNotFound, OfficerKeyUnknown, WrongState
 */
export async function enterPapers(work: UnitOfWork, request: PaperEntryRequest): Promise<EnteredPapers> {
  const when = { deed: 'count its papers', allowed: ['closed'] as const }
  // The contest is fixed since the opening, so that the file is read before anything is locked.
  const tally = await request.read(
    await work.read(async (tx) => {
      const election = await findElection(tx, request.election)
      requirePaper(election, when)
      return findContest(tx, election, request.contest)
    }),
  )
  return work.write('enter papers', async (tx) => {
    const election = await findElection(tx, request.election)
    requirePaper(election, when)
    const contest = await findContest(tx, election, request.contest)
    const batch = await findBatch(tx, election, request.batch)
    const changed = await put(tx, { election, contest, batch, tally }, request)
    const after = await findBatch(tx, election, batch.number)
    const state = after.contests.find(({ position }) => position === contest.position)!
    return { ...state, election: election.slug, batch: batch.number, place: batch.place, changed }
  })
}

async function findBatch(tx: WriteTransaction, election: Election, number: number): Promise<PaperBatch> {
  const batch = (await readBatches(tx, election)).find((each) => each.number === number)
  if (batch === undefined) throw new BatchNotFound({ election: election.slug, batch: number })
  return batch
}

interface Entering {
  election: Election
  contest: Contest
  batch: PaperBatch
  tally: PaperTally
}

/** @returns whether anything changed */
async function put(
  tx: WriteTransaction,
  { election, contest, batch, tally }: Entering,
  { signer, reason: given }: PaperEntryRequest,
): Promise<boolean> {
  const place = { election: election.slug, batch: batch.number, contest: contest.title }
  const { id: officerId, name, role } = await officerOfKey(tx, election.organisation_id, signer.publicKey)
  if (role === 'observer' || role === 'auditor') {
    throw new PaperRefused(`${name} is ${role}, and who oversees changes nothing.`, place)
  }
  const papers = papersIn(tally)
  if (papers !== batch.papers) {
    throw new PaperEntryInvalid(
      `It is of ${papers} papers, and batch ${batch.number} has ${batch.papers}.`,
      place,
      `Count again, with --blank and --invalid for those that the file leaves out; or mend the cover sheet: urna paper batch ${election.slug} --number ${batch.number} --papers ${papers}`,
    )
  }
  const body = JSON.stringify(tally)
  const entries = (await readEntries(tx, election.id)).filter(
    ({ batch_id, contest_id }) => batch_id === batch.id && contest_id === contest.id,
  )
  const reason = given?.trim() || null
  const turn = turnOf(entries, { officerId, body, reason }, place)
  if (turn === undefined) return false
  const text = JSON.stringify([election.uuid, batch.number, contest.position, turn, reason, body])
  const entry = {
    ...{ body, reason, officer_id: officerId, public_key: signer.publicKey, at: tx.now },
    signature: signer.sign({ purpose: 'paper entry', text }),
  }
  await tx.db
    .insertInto('paper_entry')
    .values({ batch_id: batch.id, contest_id: contest.id, turn, ...entry })
    .onConflict((conflict) => conflict.columns(['batch_id', 'contest_id', 'turn']).doUpdateSet(entry))
    .execute()
  // What they say is no secret after the close, but it is the second officer's to find out.
  await tx.record({
    action: turn === 3 ? 'paper-difference-resolved' : 'paper-entered',
    election: election.slug,
    details: {
      batch: batch.number,
      contest: contest.position,
      turn,
      officer: name,
      ...(reason && { reason }),
    },
  })
  return true
}

/** Which entry it is; undefined where it is there already. @throws PaperRefused */
function turnOf(
  entries: readonly PaperEntry[],
  { officerId, body, reason }: { officerId: number; body: string; reason: string | null },
  place: { election: string; batch: number; contest: string },
): PaperEntry['turn'] | undefined {
  const [first, second, third] = entries
  const mine = entries.findLast(({ officer_id }) => officer_id === officerId)
  if (mine?.body === body && mine.reason === reason) return undefined
  const both = first !== undefined && second !== undefined
  if (reason === null) {
    // Until somebody else has entered it, an officer may mend what they typed.
    if (!both) return mine === undefined ? (entries.length === 0 ? 1 : 2) : mine.turn
    throw new PaperRefused(
      `"${place.contest}" of batch ${place.batch} was entered by two officers.`,
      place,
      first.body === second.body || third !== undefined
        ? `See it with: urna paper list ${place.election}`
        : 'Look at the papers together, and enter what they say with --reason.',
    )
  }
  if (!both || first.body === second.body || third !== undefined) {
    throw new PaperRefused(
      `There is no difference to resolve in "${place.contest}" of batch ${place.batch}.`,
      place,
      `See how it stands with: urna paper list ${place.election}`,
    )
  }
  return 3
}
