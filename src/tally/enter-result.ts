import { clearText } from '../election/clear-text.ts'
import { type Contest, readContests } from '../election/contests.ts'
import { contestNamed } from '../election/find-contest.ts'
import { type Election, findElection, requireStatus } from '../election/find-election.ts'
import { contestFindings } from '../election/readiness.ts'
import { ContestNotFound, ElectionNotReady } from '../election/refusals.ts'
import { takeStep } from '../election/take-step.ts'
import { endBallots, setupRecords } from '../sealing/board.ts'
import type { Group } from '../sealing/group.ts'
import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { addDecimals } from '../tabulation/decimal.ts'
import { TabulationRefusal } from '../tabulation/refusals.ts'
import { methodById } from '../tabulation/registry.ts'
import { appendBoardRecords } from '../voting/board-records.ts'
import { clearElectionOf } from './clear-records.ts'
import { countContest } from './count-contest.ts'
import { EnteredResultInvalid, NotManual } from './count-refusals.ts'
import { countableEntries } from './entered-contests.ts'
import type { EnteredFile } from './entered-file.ts'
import { type EnteredResult, readEnteredResult } from './entered-result.ts'
import { countEntered } from './store-tabulation.ts'

interface Deps {
  readonly work: UnitOfWork
  readonly group: Group
}

/** A millionth of a vote: figures that are typed in have up to six places. */
const unit = 1

/**
 * Takes the result of an election in which nobody cast a ballot here, as an officer typed it in, and counts it by the
 * methods of its contests. Until the result is published it can be typed in anew; each time is on record.
 * @throws NotManual, WrongState, ElectionNotReady, ContestNotFound, EnteredResultInvalid, RecountTooLate
 */
export async function enterResult(
  deps: Deps,
  input: { election: string | undefined; file: EnteredFile },
): Promise<{ election: string; changed: boolean }> {
  const { work, group } = deps
  const { election, changed } = await work.write('enter result', async (tx) => {
    const found = await findElection(tx, input.election)
    requireManual(found)
    requireStatus(found, { deed: 'type its result in', allowed: ['draft', 'closed', 'tallied'] })
    const contests = await readContests(tx, found.id)
    if (found.status === 'draft') requireReady(found, contests)
    const entered = enteredResult(found, contests, input.file)
    const known = await readEnteredResult(tx, found)
    if (known !== undefined && same(known, entered)) return { election: found, changed: false }
    if (found.status === 'draft') await closeDraft(tx, group, { election: found, contests })
    const current = await findElection(tx, found.slug)
    requireCountable(group, current, entered)
    await store(tx, current, entered)
    if (current.status === 'tallied') await countEntered(tx, group, current)
    return { election: current, changed: true }
  })
  return { election: election.slug, changed }
}

function requireManual({ slug, visibility }: Election): void {
  if (visibility !== 'manual') throw new NotManual(slug)
}

function requireReady(election: Election, contests: readonly Contest[]): void {
  const obstacles = contestFindings({ election, contests }).filter(({ level }) => level === 'blocks')
  for (const { title, method, position } of contests) {
    if (methodById(method).takesTotals) continue
    obstacles.push({
      level: 'blocks',
      code: 'totals-not-enough',
      message: `"${title}" is counted by ${method} from ballots; totals that are typed in are not enough.`,
      command: `urna contest edit ${position} ${election.slug} --method approval-vote`,
    })
  }
  if (obstacles.length > 0) throw new ElectionNotReady({ election: election.slug, obstacles })
}

/** Nobody casts in it: it is closed as it opens, with a board that has no ballot. */
async function closeDraft(
  tx: WriteTransaction,
  group: Group,
  { election, contests }: { election: Election; contests: readonly Contest[] },
): Promise<void> {
  const text = await clearText(tx, election, { contests, unit })
  const setup = setupRecords(group, { election: text, trustees: '[]', credentials: '[]' })
  const end = endBallots(group, setup.head)
  await appendBoardRecords(tx, election.id, [...setup.records, ...end.records])
  await takeStep(tx, election, {
    step: 'enter',
    set: { sealed_json: text, weight_unit_micros: unit },
    details: { head: end.head.hash },
  })
}

/** @throws ContestNotFound, EnteredResultInvalid */
function enteredResult(
  { slug }: Election,
  contests: readonly Contest[],
  { rows, voters, voted }: EnteredFile,
): EnteredResult {
  if (voters !== null && voted !== null && voted > voters) {
    throw new EnteredResultInvalid(`${voted} have voted of ${voters} who may`)
  }
  const figures = contests.map(() => new Map<number | string, string>())
  for (const { contest: named, what, figure, place } of rows) {
    const contest = contestNamed(contests, named)
    if (contest === undefined) {
      throw new ContestNotFound({
        contest: named,
        election: slug,
        known: contests.map(({ title }) => title),
      })
    }
    const key = typeof what === 'string' ? what : optionIn(contest, what.option, place)
    const found = figures[contest.position - 1]!
    if (found.has(key)) throw new EnteredResultInvalid(`a figure of "${contest.title}" is there twice`, place)
    found.set(key, figure)
  }
  return {
    ...{ voters, voted },
    contests: contests.map((contest, index) => enteredContest(contest, figures[index]!)),
  }
}

function optionIn(contest: Contest, name: string, place: string): number {
  const option = contest.options.findIndex((each) => each.name === name)
  if (option >= 0) return option
  throw new EnteredResultInvalid(`"${contest.title}" has no option ${name}`, place)
}

function enteredContest(
  { title, style, blank: mayBeBlank, options }: Contest,
  figures: ReadonlyMap<number | string, string>,
): EnteredResult['contests'][number] {
  if (figures.size === 0) throw new EnteredResultInvalid(`nothing is said of "${title}"`)
  const votes = options.map(({ name }, option) => {
    const figure = figures.get(option)
    if (figure === undefined) throw new EnteredResultInvalid(`the votes of ${name} in "${title}" are missing`)
    return figure
  })
  const [blank, invalid] = [figures.get('blank') ?? '0', figures.get('invalid') ?? '0']
  if (blank !== '0' && mayBeBlank === 0) throw new EnteredResultInvalid(`"${title}" takes no blank ballots`)
  const ballots = figures.get('ballots') ?? (style === 'choice' ? addDecimals([...votes, blank]) : undefined)
  if (ballots === undefined) {
    throw new EnteredResultInvalid(`on how many ballots the votes in "${title}" were is missing: (ballots)`)
  }
  return { votes, blank, invalid, ballots }
}

/** Figures that no ballots can add up to are told before they are kept. */
function requireCountable(group: Group, election: Election, entered: EnteredResult): void {
  const { contests } = clearElectionOf(group, election).parameters
  for (const { contest, opened } of countableEntries(contests, entered)) {
    try {
      countContest(contest, opened, { tieBreaks: {}, writeIns: [] })
    } catch (error) {
      if (!(error instanceof TabulationRefusal)) throw error
      throw new EnteredResultInvalid(`the figures of "${contest.title}" can't be: ${error.message}`)
    }
  }
}

async function store(tx: WriteTransaction, election: Election, entered: EnteredResult): Promise<void> {
  const row = { body: JSON.stringify(entered), officer: tx.officer, at: tx.now }
  await tx.db
    .insertInto('entered_result')
    .values({ election_id: election.id, ...row })
    .onConflict((conflict) => conflict.column('election_id').doUpdateSet(row))
    .execute()
  await tx.record({ action: 'result-entered', election: election.slug, details: { result: entered } })
}

function same(
  { officer: _officer, at: _at, ...known }: EnteredResult & { officer: string; at: string },
  entered: EnteredResult,
) {
  return JSON.stringify(known) === JSON.stringify(entered)
}
