import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import type { CandidateFile, CandidateRow, RejectedCandidate } from './candidate-file.ts'
import { storePhoto } from './candidate-photo.ts'
import { contestFaults, type OptionDraft, option } from './contest-draft.ts'
import { type Contest, readContests } from './contests.ts'
import { contestConfigOf } from './export-config.ts'
import { contestNamed, findContest } from './find-contest.ts'
import { type Election, findElection, requireStatus } from './find-election.ts'
import { insertOptions } from './insert-contest.ts'
import { hasLists } from './lists.ts'
import { contestDraftOf } from './read-config.ts'
import { CandidatesRejected, ContestInvalid } from './refusals.ts'
import { rehearse } from './rehearse.ts'

export interface ImportedCandidates {
  election: string
  added: number
  changed: number
  unchanged: number
  rejected: RejectedCandidate[]
}

/**
 * Puts the candidates of a file at the end of the ballot, in its order; who is there already, by name, is
 * brought up to date. Rows that can't be taken are part of the result.
 * @param input.contest for rows that name none
 * @param input.rehearsal to see what would come of it
 * @param input.strict refuses all where a row can't be taken
 * @throws CandidatesRejected, WrongState, ContestNotFound, ContestInvalid
 */
export async function importCandidates(
  work: UnitOfWork,
  input: {
    election: string | undefined
    contest: string | undefined
    file: CandidateFile
    rehearsal: boolean
    strict: boolean
  },
): Promise<ImportedCandidates> {
  const { rehearsal, strict, ...request } = input
  const play = async (tx: WriteTransaction) => {
    const imported = await importInto(tx, request)
    const { rejected } = imported
    if (strict && rejected.length > 0) throw new CandidatesRejected({ file: input.file.name, rejected })
    return imported
  }
  return rehearsal ? rehearse(work, 'import candidates', play) : work.write('import candidates', play)
}

async function importInto(
  tx: WriteTransaction,
  input: { election: string | undefined; contest: string | undefined; file: CandidateFile },
): Promise<ImportedCandidates> {
  const election = await findElection(tx, input.election)
  requireStatus(election, { deed: 'change its candidates', allowed: ['draft'] })
  const result = {
    election: election.slug,
    added: 0,
    changed: 0,
    unchanged: 0,
    rejected: [...input.file.rejected],
  }
  const groups = await rowsByContest(tx, election, input, result.rejected)
  for (const [contest, rows] of groups) {
    for (const row of rows) result[await importRow(tx, contest, row)] += 1
    const faults = contestFaults(contestDraftOf(contestConfigOf(contest)), election.visibility)
    if (faults.length > 0) throw new ContestInvalid({ contest: contest.title, faults })
  }
  if (result.added + result.changed > 0) {
    const { added, changed } = result
    await tx.record({ action: 'candidates-imported', election: election.slug, details: { added, changed } })
  }
  result.rejected.sort((a, b) => a.line - b.line)
  return result
}

/** The rows of each contest; those whose contest is not there are rejected, and so is a name's second row. */
async function rowsByContest(
  tx: WriteTransaction,
  election: Election,
  { contest: named, file }: { contest: string | undefined; file: CandidateFile },
  rejected: RejectedCandidate[],
): Promise<Map<Contest, CandidateRow[]>> {
  const contests = await readContests(tx, election.id)
  const usual = file.rows.some((row) => row.contest === undefined)
    ? await findContest(tx, election, named)
    : undefined
  const groups = new Map(contests.map((contest) => [contest, [] as CandidateRow[]]))
  for (const row of file.rows) {
    const contest =
      row.contest === undefined
        ? contests.find(({ id }) => id === usual?.id)
        : contestNamed(contests, row.contest)
    const rows = contest === undefined ? undefined : groups.get(contest)
    if (rows === undefined) {
      const reason = `there is no contest "${row.contest}"; make it with: urna contest add`
      rejected.push({ line: row.line, column: 'contest', reason })
      continue
    }
    const twin = rows.find(({ option }) => option.name === row.option.name)
    if (twin === undefined) rows.push(row)
    else {
      const reason = `"${row.option.name}" is on line ${twin.line} already`
      rejected.push({ line: row.line, column: 'name', reason })
    }
  }
  return groups
}

/** Does it in the file and in `contest`. */
async function importRow(
  tx: WriteTransaction,
  contest: Contest,
  { option }: CandidateRow,
): Promise<'added' | 'changed' | 'unchanged'> {
  if (option.slate !== null && hasLists(contest)) return importMember(tx, contest, option.slate, option.name)
  // What a row can't say stays as it is.
  const { role: _role, members: _members, photo, ...said } = option
  const present = contest.options.find(({ name }) => name === option.name)
  if (present === undefined) {
    await addOption(tx, contest, option)
    return 'added'
  }
  const fields = Object.keys(said) as (keyof typeof said)[]
  const samePhoto = photo === null || photo.sha256 === present.photo
  if (samePhoto && fields.every((field) => said[field] === present[field])) return 'unchanged'
  await tx.db.updateTable('contest_option').set(said).where('id', '=', present.id).execute()
  if (photo !== null) await storePhoto(tx, present.id, photo)
  return 'changed'
}

/** Puts a candidate at the end of a list, which is made where there is none of that name. */
async function importMember(
  tx: WriteTransaction,
  contest: Contest,
  slate: string,
  name: string,
): Promise<'added' | 'unchanged'> {
  const list = contest.options.find((option) => option.name === slate)
  if (list === undefined) {
    await addOption(tx, contest, { ...option(slate), members: [name] })
    return 'added'
  }
  if (list.members.includes(name)) return 'unchanged'
  const members = [...list.members, name]
  const set = { members: JSON.stringify(members) }
  await tx.db.updateTable('contest_option').set(set).where('id', '=', list.id).execute()
  list.members = members
  return 'added'
}

/** At the end of the ballot, but before none of the above. */
async function addOption(tx: WriteTransaction, contest: Contest, draft: OptionDraft): Promise<void> {
  const none = contest.options.find(({ role }) => role === 'none')
  const after = contest.options.length - (none === undefined ? 0 : 1)
  if (none !== undefined) {
    none.position = after + 2
    const { id, position } = none
    await tx.db.updateTable('contest_option').set({ position }).where('id', '=', id).execute()
  }
  const [id] = await insertOptions(tx, { contestId: contest.id, after, options: [draft] })
  const { photo, ...columns } = draft
  contest.options.splice(after, 0, {
    ...columns,
    ...{ id: id!, contest_id: contest.id, position: after + 1, photo: photo?.sha256 ?? null },
  })
}
