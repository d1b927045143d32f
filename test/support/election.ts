import { systemClock } from '../../src/clock.ts'
import { type ContestDraft, option } from '../../src/election/contest-draft.ts'
import { createElection, type ElectionDraft } from '../../src/election/create-election.ts'
import type { Election } from '../../src/election/find-election.ts'
import type { Group } from '../../src/sealing/group.ts'
import { UnitOfWork } from '../../src/store/unit-of-work.ts'
import { openUrnaFile } from '../../src/store/urna-file.ts'

export interface TestMember {
  number: string
  name?: string
  region?: string
  /** In votes. */
  weight?: number
}

/** Members straight into the file, without a CSV. */
export async function addMembers(work: UnitOfWork, members: readonly TestMember[]): Promise<void> {
  await work.write('add members', async (tx) => {
    for (const { number, name = `Member ${number}`, region = null, weight = 1 } of members) {
      await tx.db
        .insertInto('member')
        .values({
          ...{
            organisation_id: 1,
            number,
            name,
            region,
            weight_micros: Math.round(weight * 1_000_000),
            custom: '{}',
          },
          ...{ created_at: tx.now, updated_at: tx.now },
        })
        .execute()
    }
  })
}

/** As many members as asked for, numbered 001, 002 … */
export function someMembers(count: number): TestMember[] {
  return Array.from({ length: count }, (_, index) => ({ number: String(index + 1).padStart(3, '0') }))
}

/** Members in a file that commands work on. */
export async function addMembersTo(options: {
  path: string
  passphrase: string
  count: number
}): Promise<void> {
  const file = await openUrnaFile(options)
  try {
    await addMembers(
      new UnitOfWork({ file, clock: systemClock, officer: 'test' }),
      someMembers(options.count),
    )
  } finally {
    await file.close()
  }
}

export function contestDraft(
  changes: Partial<ContestDraft> & { names?: readonly string[] } = {},
): ContestDraft {
  const { names = ['Ana Duarte', 'Bo Lindqvist', 'Carmen Ruiz'], ...rest } = changes
  return {
    title: 'Chair',
    description: '',
    method: 'plurality',
    rules: {},
    seats: 1,
    min: undefined,
    max: undefined,
    blank: true,
    blankName: null,
    grades: null,
    writeIn: false,
    randomOrder: false,
    options: names.map(option),
    ...rest,
  }
}

export function electionDraft(changes: Partial<ElectionDraft> = {}): ElectionDraft {
  return {
    title: 'Board 2026',
    description: 'Who runs the chapter for the next two years.',
    slug: 'board-2026',
    zone: 'Europe/Madrid',
    opensAt: null,
    closesAt: null,
    recast: 'last-counts',
    code: 'none',
    visibility: 'secret',
    allowInvalid: false,
    liveVoting: false,
    eligibility: {},
    contests: [contestDraft()],
    ...changes,
  }
}

/** A draft with members, but without tokens. */
export async function draftElection(
  deps: { work: UnitOfWork; group: Group },
  options: { draft?: Partial<ElectionDraft>; members?: readonly TestMember[] } = {},
): Promise<Election> {
  await addMembers(deps.work, options.members ?? someMembers(3))
  return createElection(deps, electionDraft(options.draft))
}
