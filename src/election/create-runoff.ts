import { nameOfLabel } from '../ballot/write-in.ts'
import { eligibilitySchema } from '../register/eligibility.ts'
import { refreshRoll } from '../register/roll.ts'
import type { Group } from '../sealing/group.ts'
import type { ReadTransaction, UnitOfWork } from '../store/unit-of-work.ts'
import { tokenFamily } from '../voting/token-family.ts'
import { copyPhotos } from './candidate-photo.ts'
import { type Contenders, contendersOf } from './contenders.ts'
import { type ContestDraft, option } from './contest-draft.ts'
import { type Contest, readContests } from './contests.ts'
import { copyTrustees } from './copy-trustees.ts'
import { freeSlug, insertElection } from './create-election.ts'
import { findContest } from './find-contest.ts'
import { type Election, findElection, requireStatus } from './find-election.ts'
import { isUndisclosed } from './lasting-ties.ts'
import { requireVoters } from './purged.ts'
import { ContendersUnclear, RunoffNotNeeded, RunoffsExhausted } from './refusals.ts'
import { deedsOfText } from './require-approval.ts'
import { requireMoment } from './require-moment.ts'
import { rightsOf } from './rights.ts'
import { readCounts } from './stored-counts.ts'

export interface CreatedRunoff {
  /** False where the runoff was there already. */
  changed: boolean
  election: Election
  /** The election that it decides. */
  of: string
  contests: { title: string; seats: number; contenders: string[] }[]
  /** Titles of the contests that are open too, and whose count names nobody to contend. */
  unclear: string[]
}

export interface RunoffRequest {
  election: string | undefined
  /** Title or number of the only contest to be decided; undefined for all that are open. */
  contest: string | undefined
  /** How many go on; undefined for those whom the count names. */
  top: number | undefined
  /** As `momentOfText` reads it, in the election's zone; undefined where an officer opens it. */
  opens: string | undefined
  /** From its opening to its close, where a time is given. */
  hours: number
}

/**
 * Makes the runoff of a tallied election: same roll, same trustees with a fresh key of the server's, same
 * secrecy; a voter's token serves it as well. A contest that has a runoff already is in no second one.
 * @throws WrongState, RunoffNotNeeded, ContendersUnclear, RunoffsExhausted, ContestNotFound, TimeInvalid
 */
export async function createRunoff(
  { work, group }: { work: UnitOfWork; group: Group },
  request: RunoffRequest,
): Promise<CreatedRunoff> {
  return work.write('create runoff', async (tx) => {
    const decided = await findElection(tx, request.election)
    requireStatus(decided, { deed: 'hold a runoff', allowed: ['tallied', 'certified'] })
    await requireVoters(tx, decided, 'hold a runoff')
    const runoffs = await runoffsOf(tx, decided)
    const lot = isUndisclosed(decided) && runoffs.length === 0 ? 'possible' : 'too-late'
    const { open, unclear } = await openContests(tx, decided, { ...request, lot })
    const runoffWith = ({ contest }: OpenContest) =>
      runoffs.find((runoff) => runoff.contests.some(({ title }) => title === contest.title))
    const contests = open.filter((each) => runoffWith(each) === undefined)
    const present = contests.length === 0 ? runoffWith(open[0]!) : undefined
    if (present !== undefined) return { ...present, changed: false, of: decided.slug, unclear }

    const { root, slot } = await freeSlot(tx, decided)
    const opensAt = request.opens === undefined ? null : requireMoment(request.opens, decided.zone)
    const runoff = await insertElection(tx, group, {
      organisationId: decided.organisation_id,
      uuid: slot.uuid,
      runoff: { of: decided.id, round: slot.round },
      draft: {
        title: `${decided.title} (runoff)`,
        rehearsal: decided.rehearsal === 1,
        twoOfficers: deedsOfText(decided.two_officers),
        description: decided.description,
        slug: await freeSlug(tx, `${root.slug.slice(0, 48).replace(/-$/, '')}-runoff`),
        zone: decided.zone,
        opensAt,
        closesAt: opensAt === null ? null : hoursAfter(opensAt, request.hours),
        recast: decided.recast,
        code: decided.code,
        visibility: decided.visibility,
        allowInvalid: decided.allow_invalid === 1,
        liveVoting: decided.live_voting === 1,
        rights: rightsOf(decided),
        eligibility: eligibilitySchema.parse(JSON.parse(decided.eligibility)),
        contests: contests.map(runoffContest),
      },
    })
    await copyTrustees(tx, group, { from: decided.id, to: runoff.id })
    await copyPhotos(tx, { from: decided.id, to: runoff.id })
    await refreshRoll(tx, runoff)
    const summaries = contests.map(summaryOf)
    await tx.record({
      action: 'runoff-created',
      election: runoff.slug,
      details: { of: decided.slug, contests: summaries },
    })
    return { changed: true, election: runoff, of: decided.slug, contests: summaries, unclear }
  })
}

function hoursAfter(moment: string, hours: number): string {
  return new Date(Date.parse(moment) + hours * 3_600_000).toISOString()
}

interface OpenContest {
  contest: Contest
  contenders: Contenders
  /** Of all that were counted: behind the printed options come the names that voters wrote in. */
  names: readonly string[]
}

/**
 * The contests that the count left open, and who contends in them.
 * @throws ContendersUnclear where no open contest names who contends, RunoffNotNeeded where none is open
 */
async function openContests(
  tx: ReadTransaction,
  election: Election,
  { contest: named, top, lot }: RunoffRequest & { lot: 'possible' | 'too-late' },
): Promise<{ open: OpenContest[]; unclear: string[] }> {
  const contests =
    named === undefined ? await readContests(tx, election.id) : [await findContest(tx, election, named)]
  const counts = await readCounts(tx, election)
  const open: OpenContest[] = []
  const unclear: string[] = []
  const decided: { title: string; winners: string[] }[] = []
  for (const contest of contests) {
    const tabulation = counts.get(contest.id)!
    const contenders = contendersOf(tabulation, top)
    if (contenders === 'unclear') {
      unclear.push(contest.title)
      continue
    }
    const names = tabulation.options.map((name) => nameOfLabel(name) ?? name)
    if (contenders !== undefined) open.push({ contest, contenders, names })
    else {
      const winners = tabulation.winners.filter(({ option }) => contest.options[option]?.role !== 'none')
      decided.push({ title: contest.title, winners: winners.map(({ option }) => names[option]!) })
    }
  }
  if (open.length > 0) return { open, unclear }
  throw unclear[0] === undefined
    ? new RunoffNotNeeded(decided)
    : new ContendersUnclear({ contest: unclear[0], lot })
}

/** The runoffs that were made before and not called off. */
async function runoffsOf(
  tx: ReadTransaction,
  decided: Election,
): Promise<Pick<CreatedRunoff, 'election' | 'contests'>[]> {
  const elections = await tx.db
    .selectFrom('election')
    .selectAll()
    .where('runoff_of', '=', decided.id)
    .where('status', '!=', 'cancelled')
    .orderBy('id')
    .execute()
  return Promise.all(
    elections.map(async (election) => ({
      election,
      contests: (await readContests(tx, election.id)).map(({ title, seats, options }) => ({
        title,
        seats,
        contenders: options.map(({ name }) => name),
      })),
    })),
  )
}

/** The next round for which the voters' tokens have a credential. */
async function freeSlot(
  tx: ReadTransaction,
  decided: Election,
): Promise<{ root: Election; slot: { round: number; uuid: string } }> {
  const { root } = await tokenFamily(tx, decided)
  const slot = await tx.db
    .selectFrom('runoff_slot')
    .select(['round', 'uuid'])
    .where('election_id', '=', root.id)
    .where('uuid', 'not in', tx.db.selectFrom('election').select('uuid'))
    .orderBy('round')
    .executeTakeFirst()
  if (slot === undefined) throw new RunoffsExhausted({ election: root.slug })
  return { root, slot }
}

/** A method that always ends: more than one round of majority may never elect anybody. */
function runoffContest({ contest, contenders, names }: OpenContest): ContestDraft {
  const isMajority = contest.method === 'majority'
  return {
    title: contest.title,
    description: contest.description,
    method: isMajority ? 'plurality' : contest.method,
    rules: isMajority ? { ties: contest.rules.ties } : contest.rules,
    seats: contenders.seats,
    min: undefined,
    max: undefined,
    blank: contest.blank === 1,
    blankName: contest.blank_name,
    grades: contest.grades,
    writeIn: false,
    randomOrder: contest.random_order === 1,
    options: contenders.options.map((index) => {
      const printed = contest.options[index]
      if (printed === undefined) return option(names[index]!)
      const { id: _id, contest_id: _contest, position: _position, ...rest } = printed
      return { ...rest, photo: null }
    }),
  }
}

function summaryOf({ contest, contenders, names }: OpenContest): CreatedRunoff['contests'][number] {
  return {
    title: contest.title,
    seats: contenders.seats,
    contenders: contenders.options.map((option) => names[option]!),
  }
}
