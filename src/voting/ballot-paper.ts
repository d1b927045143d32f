import { sql } from 'kysely'
import { readCandidatePhoto } from '../election/candidate-photo.ts'
import { readContests } from '../election/contests.ts'
import { type Election, findElection } from '../election/find-election.ts'
import { fingerprintOf } from '../election/fingerprint.ts'
import type { Photo } from '../election/photo.ts'
import { readElection } from '../election/read-election.ts'
import { ElectionNotFound } from '../election/refusals.ts'
import { secrecyOfElection } from '../election/secrecy.ts'
import type { Group } from '../sealing/group.ts'
import { parseTrustees, trusteesToOpen } from '../sealing/trustee.ts'
import type { ReadTransaction, UnitOfWork } from '../store/unit-of-work.ts'
import type { BallotPaper, PaperContest } from './ballot-paper-schema.ts'

/** Every board begins with the election, its trustees and the list of credentials. */
const positions = { trustees: 2, credentials: 3 }

/**
 * The ballot paper of an election. A draft has one only to say when the election opens.
 * @throws ElectionNotFound also for a draft without a date, of which nobody was told yet
 */
export async function readBallotPaper(tx: ReadTransaction, group: Group, slug: string): Promise<BallotPaper> {
  const election = await findElection(tx, slug)
  if (election.status === 'draft' && election.opens_at === null) throw new ElectionNotFound(slug)
  const { title, description, zone, status, recast, sealed_json: sealed } = election
  return {
    ...{ slug, status, title, description, zone, recast },
    opensAt: election.opens_at,
    closesAt: election.closes_at,
    code: election.code,
    election: sealed,
    fingerprint: sealed === null ? null : fingerprintOf(sealed),
    secrecy: secrecyOfElection(election, await keyHolders(tx, group, election)),
    credentialListSize: sealed === null ? 0 : await credentialListSize(tx, election),
    contests: sealed === null ? [] : await paperContests(tx, election),
  }
}

/**
 * The published list of credentials, as its one text: it tells how many may vote, and nothing of anybody.
 * @throws ElectionNotFound before the opening
 */
export async function readCredentialList(tx: ReadTransaction, slug: string): Promise<string> {
  const election = await findElection(tx, slug)
  if (election.sealed_json === null) throw new ElectionNotFound(slug)
  return boardText(tx, election, 'credentials')
}

/** Null before the opening, and where nothing is sealed. */
async function keyHolders(tx: ReadTransaction, group: Group, election: Election): Promise<number | null> {
  if (election.sealed_json === null || election.visibility !== 'secret') return null
  const trustees = parseTrustees(group, await boardText(tx, election, 'trustees'))
  if ('refused' in trustees) throw new Error('the trustees on the board are unreadable')
  return trusteesToOpen(trustees)
}

async function boardText(
  tx: ReadTransaction,
  election: Election,
  what: keyof typeof positions,
): Promise<string> {
  const { body } = await tx.db
    .selectFrom('board_record')
    .select('body')
    .where('election_id', '=', election.id)
    .where('position', '=', positions[what])
    .executeTakeFirstOrThrow()
  return body
}

async function credentialListSize(tx: ReadTransaction, election: Election): Promise<number> {
  const { size } = await tx.db
    .selectFrom('board_record')
    // Without reading it.
    .select(sql<number>`octet_length(body)`.as('size'))
    .where('election_id', '=', election.id)
    .where('position', '=', positions.credentials)
    .executeTakeFirstOrThrow()
  return size
}

async function paperContests(tx: ReadTransaction, election: Election): Promise<PaperContest[]> {
  const contests = await readContests(tx, election.id)
  return contests.map(({ title, description, options }, index) => ({
    ...{ position: index + 1, title, description },
    options: options.map(({ name, statement, party, symbol, photo }, option) => ({
      ...{ name, statement, party, symbol },
      photo: photo === null ? null : photoAddress(election.slug, index + 1, option + 1),
    })),
  }))
}

/** @param contest its number on the ballot, from 1 @param option the candidate's number in the contest, from 1 */
function photoAddress(slug: string, contest: number, option: number): string {
  return `/api/elections/${encodeURIComponent(slug)}/positions/${contest}/candidates/${option}/photo/`
}

/**
 * The photo of a candidate, once there is a ballot paper for everybody.
 * @throws ElectionNotFound before the opening, PhotoNotFound
 */
export async function readPaperPhoto(
  work: UnitOfWork,
  wanted: { election: string; contest: number; option: number },
): Promise<Photo> {
  const { sealed_json } = await readElection(work, wanted.election)
  if (sealed_json === null) throw new ElectionNotFound(wanted.election)
  return readCandidatePhoto(work, wanted)
}
