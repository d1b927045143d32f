import { among } from '../among.ts'
import { type Election, findElection } from '../election/find-election.ts'
import { requireVoters } from '../election/purged.ts'
import { rehearse } from '../election/rehearse.ts'
import type { ReadTransaction, UnitOfWork } from '../store/unit-of-work.ts'
import { type RollCorrection, readCorrections } from './corrections.ts'
import { refreshRoll, rollFingerprint } from './roll.ts'
import { countByChapter } from './roll-chapters.ts'

/** How many voters have a status, a region or a chapter; null is those who have none. */
export interface RollGroup {
  value: string | null
  voters: number
}

export interface RollOverview {
  election: Election
  /** Voters who may vote: who was struck is not among them. */
  size: number
  groups: Record<'status' | 'region' | 'chapter', RollGroup[]>
  /** Of the roll as it was at opening; of a draft, as it would be now. */
  fingerprint: string
  /** False if the roll is no longer the one whose fingerprint was kept at opening. */
  intact: boolean
  corrections: readonly RollCorrection[]
  /** Out of whom turnout is counted, and who of them is of no chapter. */
  basis: RollBasis
}

export interface RollBasis {
  /** On the roll as it was fixed at the opening; of a draft, as it would be now. */
  atOpening: number
  added: number
  struck: number
  /** Who may vote: out of so many turnout is counted. */
  mayVote: number
  /** Of these, who are of no chapter. */
  withoutChapter: number
}

/** The roll of an election; that of a draft as it would be if it opened now. @throws ElectionNotFound */
export async function showRoll(work: UnitOfWork, slug: string | undefined): Promise<RollOverview> {
  const election = await work.read((tx) => findElection(tx, slug))
  await work.read((tx) => requireVoters(tx, election, 'show its roll'))
  if (election.status !== 'draft') return work.read((tx) => overviewOf(tx, election))
  return rehearse(work, 'show the roll', async (tx) => {
    await refreshRoll(tx, election)
    return overviewOf(tx, election)
  })
}

async function overviewOf(tx: ReadTransaction, election: Election): Promise<RollOverview> {
  const { list, struck, added } = await readCorrections(tx, election.id)
  const groups = {
    status: await groupsBy(tx, { election, column: 'status', struck }),
    region: await groupsBy(tx, { election, column: 'region', struck }),
    chapter: await groupsBy(tx, { election, column: 'chapter', struck }),
  }
  const fingerprint = await rollFingerprint(tx, election.id)
  const size = groups.status.reduce((sum, group) => sum + group.voters, 0)
  const { without: withoutChapter } = await countByChapter(tx, election)
  return {
    election,
    size,
    basis: {
      ...{ atOpening: size + struck.size - added.size, added: added.size, struck: struck.size },
      ...{ mayVote: size, withoutChapter },
    },
    groups,
    fingerprint,
    intact: election.roll_fingerprint === null || election.roll_fingerprint === fingerprint,
    corrections: list,
  }
}

async function groupsBy(
  tx: ReadTransaction,
  options: { election: Election; column: 'status' | 'region' | 'chapter'; struck: ReadonlySet<string> },
): Promise<RollGroup[]> {
  const { election, column, struck } = options
  return tx.db
    .selectFrom('voter')
    .select((eb) => [eb.ref(column).as('value'), eb.fn.countAll<number>().as('voters')])
    .where('election_id', '=', election.id)
    .where('number', 'not in', among([...struck]))
    .groupBy(column)
    .orderBy('voters', 'desc')
    .orderBy(column)
    .execute()
}
