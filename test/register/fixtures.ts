import { randomUUID } from 'node:crypto'
import type { Insertable } from 'kysely'
import { type Election, findElection } from '../../src/election/find-election.ts'
import type { Eligibility } from '../../src/register/eligibility.ts'
import { microsPerVote } from '../../src/register/weights.ts'
import type { Database, UnitOfWork } from '../../src/store/unit-of-work.ts'

const now = '2026-03-02T09:00:00.000Z'

export async function addMember(
  work: UnitOfWork,
  number: string,
  facts: Partial<Insertable<Database['member']>> = {},
): Promise<void> {
  await work.write('test', ({ db }) =>
    db
      .insertInto('member')
      .values({
        organisation_id: 1,
        number,
        name: `Member ${number}`,
        weight_micros: microsPerVote,
        custom: '{}',
        created_at: now,
        updated_at: now,
        ...facts,
      })
      .execute(),
  )
}

export async function addElection(
  work: UnitOfWork,
  slug: string,
  options: { eligibility?: Eligibility; runoffOf?: number; organisationId?: number } = {},
): Promise<Election> {
  return work.write('test', async (tx) => {
    await tx.db
      .insertInto('election')
      .values({
        organisation_id: options.organisationId ?? 1,
        slug,
        uuid: randomUUID().replaceAll('-', '').slice(0, 14),
        title: slug,
        zone: 'Europe/Madrid',
        recast: 'last-counts',
        eligibility: JSON.stringify(options.eligibility ?? {}),
        description: '',
        created_at: now,
        runoff_of: options.runoffOf ?? null,
      })
      .execute()
    return findElection(tx, slug)
  })
}

/** Opens an election as far as the roll is concerned. */
export async function open(work: UnitOfWork, election: Election): Promise<Election> {
  return work.write('test', async (tx) => {
    await tx.db
      .updateTable('election')
      .set({ status: 'open', sealed_json: '{}', opened_at: now })
      .where('id', '=', election.id)
      .execute()
    return findElection(tx, election.slug)
  })
}

export async function rollNumbers(work: UnitOfWork, election: Election): Promise<string[]> {
  const voters = await work.read(({ db }) =>
    db
      .selectFrom('voter')
      .select('number')
      .where('election_id', '=', election.id)
      .orderBy('number')
      .execute(),
  )
  return voters.map(({ number }) => number)
}
