import { createHash } from 'node:crypto'
import { type Eligibility, eligibilitySchema } from '../register/eligibility.ts'
import type { Group } from '../sealing/group.ts'
import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import type { ApprovedDeed } from './approval-subject.ts'
import { changeKeepDays } from './change-keep-days.ts'
import { type Change, changesBetween, type Fact } from './changes.ts'
import type { ElectionConfig } from './config-schema.ts'
import { contestFaults } from './contest-draft.ts'
import { readContests } from './contests.ts'
import { electionColumns } from './create-election.ts'
import { draftOfFields } from './draft-of-fields.ts'
import { requireUnitOf } from './election-unit.ts'
import { contestConfigOf, electionConfigOf } from './export-config.ts'
import { type Election, findElection, requireDraft } from './find-election.ts'
import { isUnderWay } from './lifecycle.ts'
import { moveClose } from './move-close.ts'
import { contestDraftOf } from './read-config.ts'
import { ContestInvalid, ElectionChanged, RunoffRollFixed, WrongState } from './refusals.ts'
import { rehearse } from './rehearse.ts'
import { deedsOfText } from './require-approval.ts'
import { rightsOf } from './rights.ts'
import { addServerTrustee } from './server-trustee.ts'
import { forgetStrayInvitations } from './trustee-invitations.ts'

/** What is left out stays as it is. */
export interface ElectionChanges {
  title?: string
  description?: string
  zone?: string
  /** As `momentOfText` reads it, in the zone of the election; null for no announced time. */
  opens?: string | null
  closes?: string | null
  recast?: Election['recast']
  code?: Election['code']
  visibility?: Election['visibility']
  allow_invalid?: boolean
  live_voting?: boolean
  allow_delegation?: boolean
  /** Null for any number. */
  max_represented?: number | null
  forbid_delegator_to_vote?: boolean
  presence_required?: boolean
  allow_vote_split?: boolean
  equal_weights?: boolean
  paper_ballots?: boolean
  /** What needs a second officer: the whole list. */
  two_officers?: ApprovedDeed[]
  /** How many days who the voters were is kept; null for what the organisation has. */
  keep_days?: number | null
  /** The whole filter. */
  eligibility?: Eligibility
}

export interface EditRequest {
  election: string | undefined
  changes: ElectionChanges
  reason?: string | undefined
  rehearsal: boolean
  version?: string | undefined
}

export interface EditedElection {
  election: string
  status: Election['status']
  changes: Change[]
  /** Whether other members may vote now, so that tokens may be missing. */
  eligibilityChanged: boolean
  zones: { from: string; to: string }
}

/**
 * What tells whether the description of an election is still the one that somebody read. Votes and members
 * don't change it.
 */
export function versionOf(election: Election): string {
  const described = JSON.stringify([election.uuid, election.status, electionConfigOf(election)])
  return createHash('sha256').update(described).digest('base64url').slice(0, 22)
}

/**
 * Describes a draft anew. Announced times that are left out stay as they are written, so that another zone
 * means other moments. Tokens that were issued stay good. Of an open election only the closing time can be moved, and
 * of any how long its voters are kept.
 * @param input.reason for the log; an open election's voters are owed one
 * @param input.rehearsal to see what would come of it
 * @param input.version as it was read; undefined for whatever there is
 * @throws WrongState, ElectionChanged, FieldsInvalid, ContestInvalid, RunoffRollFixed, CloseUnmovable, TimeOver,
 * KeepingUnchangeable
 */
export async function editElection(
  { work, group }: { work: UnitOfWork; group: Group },
  input: EditRequest,
): Promise<EditedElection> {
  const play = async (tx: WriteTransaction) => {
    const election = await findElection(tx, input.election)
    if (input.version !== undefined && input.version !== versionOf(election)) {
      throw new ElectionChanged({ election: election.slug })
    }
    if (election.status !== 'draft' && input.changes.keep_days !== undefined) {
      return editKeeping(tx, election, input)
    }
    if (isUnderWay(election.status)) return editOpen(tx, election, input)
    requireDraft(election, 'change it')
    return editDraft(tx, group, election, input)
  }
  return input.rehearsal ? rehearse(work, 'edit election', play) : work.write('edit election', play)
}

/** @throws WrongState, CloseUnmovable, TimeOver */
async function editOpen(
  tx: WriteTransaction,
  election: Election,
  { changes: { closes, ...others }, reason }: EditRequest,
): Promise<EditedElection> {
  const { slug, status, zone } = election
  if (Object.keys(others).length > 0 || typeof closes !== 'string') {
    const hint = 'Of an open election only the closing time can be moved: --closes TIME --reason WHY'
    throw new WrongState({ election: slug, status, deed: 'change it', hint })
  }
  const changes = await moveClose(tx, election, { closes, reason })
  return { election: slug, status, changes, eligibilityChanged: false, zones: { from: zone, to: zone } }
}

/** @throws WrongState, KeepingUnchangeable */
async function editKeeping(
  tx: WriteTransaction,
  election: Election,
  { changes: { keep_days: keepDays = null, ...others }, reason }: EditRequest,
): Promise<EditedElection> {
  const { slug, status, zone } = election
  if (Object.keys(others).length > 0) {
    const hint = 'How long its voters are kept is changed by itself: --keep-days DAYS --reason WHY'
    throw new WrongState({ election: slug, status, deed: 'change it', hint })
  }
  const changes = await changeKeepDays(tx, election, { keepDays, reason })
  return { election: slug, status, changes, eligibilityChanged: false, zones: { from: zone, to: zone } }
}

/** The caller has seen that it is a draft. @throws FieldsInvalid, ContestInvalid, RunoffRollFixed */
export async function editDraft(
  tx: WriteTransaction,
  group: Group,
  election: Election,
  { changes: requested, reason }: Pick<EditRequest, 'changes' | 'reason'>,
): Promise<EditedElection> {
  const draft = draftOfFields(changedConfig(electionConfigOf(election), requested), election.zone)
  await requireUnitOf(tx, election.organisation_id, draft.eligibility)
  const after = { ...election, ...electionColumns(draft) }
  const changes = changesBetween(factsOfElection(election), factsOfElection(after))
  const eligibilityChanged = changes.some(({ field }) => eligibilityFields.has(field))
  if (eligibilityChanged && election.runoff_of !== null) {
    throw new RunoffRollFixed({ election: election.slug })
  }
  if (after.visibility !== election.visibility) await requireCountable(tx, after)
  if (changes.length > 0) {
    await tx.db.updateTable('election').set(electionColumns(draft)).where('id', '=', election.id).execute()
    await changeTrustees(tx, group, { before: election, after })
    const details = { changes, ...(reason !== undefined && { reason }) }
    await tx.record({ action: 'election-edited', election: election.slug, details })
  }
  return {
    election: election.slug,
    status: election.status,
    changes,
    eligibilityChanged,
    zones: { from: election.zone, to: after.zone },
  }
}

/** Not every method counts what is sealed. @throws ContestInvalid */
async function requireCountable(
  tx: WriteTransaction,
  { id, visibility }: Pick<Election, 'id' | 'visibility'>,
): Promise<void> {
  for (const contest of await readContests(tx, id)) {
    const faults = contestFaults(contestDraftOf(contestConfigOf(contest)), visibility)
    if (faults.length > 0) throw new ContestInvalid({ contest: contest.title, faults })
  }
}

/** Only what is sealed has trustees: with the seal they go, and come back one by one. */
async function changeTrustees(
  tx: WriteTransaction,
  group: Group,
  { before, after }: Record<'before' | 'after', Pick<Election, 'id' | 'visibility'>>,
): Promise<void> {
  const [was, is] = [before.visibility === 'secret', after.visibility === 'secret']
  if (was && !is) {
    await tx.db.deleteFrom('trustee').where('election_id', '=', before.id).execute()
    await tx.db.deleteFrom('trustee_group').where('election_id', '=', before.id).execute()
    await forgetStrayInvitations(tx, before.id)
  }
  if (!was && is) await addServerTrustee(tx, group, before.id)
}

function changedConfig(config: ElectionConfig, changes: ElectionChanges): ElectionConfig {
  const { opens = config.opens, closes = config.closes, ...others } = changes
  const { opens: _opens, closes: _closes, ...kept } = config
  return {
    ...kept,
    ...others,
    ...(typeof opens === 'string' && { opens }),
    ...(typeof closes === 'string' && { closes }),
  }
}

function factsOfElection(election: Election): Record<string, Fact> {
  const { title, description, zone, opens_at: opensAt, closes_at: closesAt } = election
  const { recast, code, visibility } = election
  const eligibility = eligibilitySchema.parse(JSON.parse(election.eligibility))
  return {
    ...{ title, description, zone, opensAt, closesAt, recast, code, visibility },
    allowInvalid: election.allow_invalid === 1,
    liveVoting: election.live_voting === 1,
    ...rightsOf(election),
    twoOfficers: deedsOfText(election.two_officers),
    keepDays: election.keep_days,
    ...factsOfEligibility(eligibility),
  }
}

function factsOfEligibility(eligibility: Eligibility) {
  const { statuses, regions, chapters, districts, custom_field_match: match, as_of: asOf } = eligibility
  return {
    unit: eligibility.unit ?? null,
    withoutChapter: eligibility.without_chapter ?? true,
    statuses: statuses ?? null,
    regions: regions ?? null,
    chapters: chapters ?? null,
    districts: districts ?? null,
    customField: match ? `${match.key}: ${match.value}` : null,
    joinedBy: asOf ?? null,
  } satisfies Record<string, Fact>
}

const eligibilityFields: ReadonlySet<string> = new Set(Object.keys(factsOfEligibility({})))
