import { type RawBuilder, sql } from 'kysely'
import { among } from '../among.ts'
import { type Election, findElection } from '../election/find-election.ts'
import { requireVoters } from '../election/purged.ts'
import { rehearse } from '../election/rehearse.ts'
import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { readCorrections } from './corrections.ts'
import type { CsvSource } from './csv-source.ts'
import type { FieldChange } from './member-change.ts'
import { eligibleMembers, refreshRoll } from './roll.ts'
import { type ComparedColumn, comparedColumns, stageFile } from './stage-file.ts'
import { formatWeight } from './weights.ts'

/** With what a roll is compared. */
export type RollCounterpart =
  | { readonly kind: 'election'; readonly election: string }
  /** The members who pass its filter now, whatever its roll was fixed as. */
  | { readonly kind: 'members' }
  | { readonly kind: 'file'; readonly source: CsvSource }

interface DiffPart<Person> {
  count: number
  /** The first of them, by number. */
  first: Person[]
}

interface DiffPerson {
  number: string
  name: string
}

export interface RollDiff {
  election: string
  /** Who may vote by the roll, and who is on the other side. */
  here: number
  there: number
  onlyHere: DiffPart<DiffPerson>
  onlyThere: DiffPart<DiffPerson>
  /** From what the roll says to what the other side says. */
  changed: DiffPart<DiffPerson & { changes: FieldChange[] }>
  /** Rows of the file that could not be compared, by line. */
  problems: { line: number; reason: string }[]
}

/**
 * What is different between the roll of an election, as it is after its corrections, and another one, the members or a
 * file; nothing changes. The roll of a draft is as it would be now.
 * @param input.limit how many are listed of each kind
 * @throws ElectionNotFound, ElectionPurged, CsvUnreadable, CsvHeaderUnusable
 */
export async function diffRoll(
  work: UnitOfWork,
  input: { election: string | undefined; counterpart: RollCounterpart; limit: number },
): Promise<RollDiff> {
  return rehearse(work, 'compare rolls', async (tx) => {
    const election = await findElection(tx, input.election)
    await stageSide(tx, 'here', await rollOf(tx, election))
    const { columns, problems } = await stageCounterpart(tx, election, input.counterpart)
    const missing = (one: Side, other: Side) => sql`
      from ${table(one)} o where not exists (select 1 from ${table(other)} t where t.number = o.number)`
    const values = (side: string) => sql.join(columns.map((column) => sql.ref(`${side}.${column}`)))
    const differing = sql`
      from temp.roll_here o join temp.roll_there t on t.number = o.number
      where (${values('o')}) is not (${values('t')})`
    const people = sql`o.number, o.name`
    return {
      election: election.slug,
      here: await count(tx, sql`from temp.roll_here`),
      there: await count(tx, sql`from temp.roll_there`),
      onlyHere: await part<DiffPerson>(tx, people, missing('here', 'there'), input.limit),
      onlyThere: await part<DiffPerson>(tx, people, missing('there', 'here'), input.limit),
      changed: await changedPart(tx, columns, differing, input.limit),
      problems,
    }
  })
}

type Side = 'here' | 'there'

function table(side: Side): RawBuilder<unknown> {
  return sql.table(`temp.roll_${side}`)
}

async function stageCounterpart(
  tx: WriteTransaction,
  election: Election,
  counterpart: RollCounterpart,
): Promise<{ columns: readonly ComparedColumn[]; problems: { line: number; reason: string }[] }> {
  switch (counterpart.kind) {
    case 'election': {
      const other = await findElection(tx, counterpart.election)
      await stageSide(tx, 'there', await rollOf(tx, other))
      return { columns: comparedColumns, problems: [] }
    }
    case 'members':
      await stageSide(tx, 'there', await eligibleMembers(tx, election))
      return { columns: comparedColumns, problems: [] }
    case 'file':
      await stageSide(tx, 'there', undefined)
      return stageFile(tx, counterpart.source)
  }
}

/** Those who may vote by the roll of an election. */
async function rollOf(tx: WriteTransaction, election: Election): Promise<RawBuilder<unknown>> {
  await requireVoters(tx, election, 'compare its roll')
  if (election.status === 'draft') await refreshRoll(tx, election)
  const { struck } = await readCorrections(tx, election.id)
  return sql`(select * from voter where election_id = ${election.id} and number not in ${among([...struck])})`
}

async function stageSide(
  tx: WriteTransaction,
  side: Side,
  source: RawBuilder<unknown> | undefined,
): Promise<void> {
  const columns = sql.join(comparedColumns.map((column) => sql.ref(column)))
  await sql`drop table if exists ${table(side)}`.execute(tx.db)
  await sql`create temp table ${sql.table(`roll_${side}`)} (number text primary key, ${columns}) without rowid`.execute(
    tx.db,
  )
  if (source === undefined) return
  await sql`insert into ${table(side)} select number, ${columns} from ${source}`.execute(tx.db)
}

async function count(tx: WriteTransaction, from: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count ${from}`.execute(tx.db)
  return rows[0]?.count ?? 0
}

async function part<Row>(
  tx: WriteTransaction,
  columns: RawBuilder<unknown>,
  from: RawBuilder<unknown>,
  limit: number,
): Promise<DiffPart<Row>> {
  const { rows } = await sql<Row>`
    select ${columns} ${from} order by o.number limit ${limit}`.execute(tx.db)
  return { count: await count(tx, from), first: rows }
}

async function changedPart(
  tx: WriteTransaction,
  columns: readonly ComparedColumn[],
  differing: RawBuilder<unknown>,
  limit: number,
): Promise<RollDiff['changed']> {
  const pairs = columns.flatMap((column) =>
    (['o', 't'] as const).map(
      (side) => sql`${sql.ref(`${side}.${column}`)} as ${sql.ref(`${side}_${column}`)}`,
    ),
  )
  const selected = sql.join([sql`o.number`, sql`o.name`, ...pairs])
  const found = await part<DiffPerson & Record<string, string | number | null>>(
    tx,
    selected,
    differing,
    limit,
  )
  return {
    count: found.count,
    first: found.first.map((row) => ({
      ...{ number: row.number, name: row.name },
      changes: columns.flatMap((column) => {
        const [from, to] = [row[`o_${column}`] ?? null, row[`t_${column}`] ?? null]
        return from === to ? [] : [{ field: fieldOf(column), from: told(from), to: told(to) }]
      }),
    })),
  }
}

function fieldOf(column: ComparedColumn): string {
  return column === 'weight_micros' ? 'weight' : column
}

/** Only weights are numbers. */
function told(value: string | number | null): string | null {
  return typeof value === 'number' ? formatWeight(value) : value
}
