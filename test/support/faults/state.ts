import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { verifyAuditLog } from '../../../src/audit/verify-log.ts'
import { systemClock } from '../../../src/clock.ts'
import { jsonOf } from '../../../src/json-of.ts'
import { openUnitOfWork, type ReadTransaction } from '../../../src/store/unit-of-work.ts'
import { passphrase } from './process.ts'

/** What a `.urna` file says, as text; what is drawn by lot or by the clock is left out. */
export interface FileState {
  /** To be compared with what another run of the same command left. */
  readonly shape: string
  /** The same without the log. */
  readonly outcome: string
  /** To be compared with the file before. */
  readonly exactly: string
}

const absent: FileState = { shape: 'no file', outcome: 'no file', exactly: 'no file' }

/**
 * Opens the file as the next officer does, and reads all of it.
 * @param drawn columns whose values were drawn by lot
 * @throws if it can't be opened, a page or a reference is wrong, or the chain of the log is broken
 */
export async function stateOf(
  path: string,
  passphrase: string,
  drawn: readonly string[] = [],
): Promise<FileState> {
  if (!existsSync(path)) return absent
  const { work, close } = await openUnitOfWork({ path, passphrase, clock: systemClock, officer: 'test' })
  try {
    await verifyAuditLog(work)
    return await work.read((tx) => readAll(tx, drawn))
  } finally {
    await close()
  }
}

async function readAll({ db }: ReadTransaction, drawn: readonly string[]): Promise<FileState> {
  const health = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db)
  const orphans = await sql`pragma foreign_key_check`.execute(db)
  if (health.rows[0]?.integrity_check !== 'ok' || orphans.rows.length > 0) {
    throw new Error(`damaged: ${JSON.stringify([health.rows, orphans.rows])}`)
  }
  const tables = await sql<{ name: string }>`
    select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name`.execute(
    db,
  )
  let shape = ''
  let outcome = ''
  let exactly = ''
  for (const { name } of tables.rows) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(db)
    const texts = rows.map((row) => JSON.stringify(row, (_, value) => plain(value)))
    exactly += `${name}\n${texts.join('\n')}\n`
    const masked = rows.map((row) =>
      JSON.stringify(row, (key, value) =>
        drawn.includes(key) ? '<drawn>' : withoutChance(key, plain(value)),
      ),
    )
    const sorted = `${name}\n${masked.sort().join('\n')}\n`
    shape += sorted
    if (name !== 'audit_entry') outcome += sorted
  }
  return { shape, outcome, exactly }
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value)
  // As JSON.stringify hands over a buffer, which has a form of its own.
  if (typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer') {
    return Buffer.from((value as unknown as { data: number[] }).data).toString('hex')
  }
  return value
}

function withoutChance(column: string, value: unknown): unknown {
  if (typeof value !== 'string') return value
  // Of an API key: too short to be told from a word.
  if (column === 'handle') return '<drawn>'
  return value
    .replaceAll(/("handle":")\w+/g, '$1<drawn>')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replaceAll(/[A-Za-z0-9+/=_-]{12,}/g, '<drawn>')
}

/** The same for the same content; of the index of the journal nothing is said, for SQLite makes it anew. */
export function contentOf(folder: string): string {
  const hash = createHash('sha256')
  for (const name of [...filesIn(folder).keys()].sort()) {
    if (!name.endsWith('-shm'))
      hash
        .update(`${name}\0`)
        .update(readFileSync(join(folder, name)))
        .update('\0')
  }
  return hash.digest('hex')
}

/** The names in a folder and in its folders, and how many bytes each has. */
export function filesIn(folder: string): Map<string, number> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
  return new Map(
    names
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length + 1), statSync(path).size]),
  )
}

/** Whether a file ends as one of its kind does; an archive, which only grows, by how long another one was. */
export async function isWhole(path: string, size: number | undefined): Promise<boolean> {
  if (path.endsWith('.urna'))
    return stateOf(path, passphrase).then(
      () => true,
      () => false,
    )
  const bytes = readFileSync(path)
  const text = bytes.toString('latin1')
  if (path.endsWith('.json')) return jsonOf(text) !== undefined
  if (path.endsWith('.html')) return text.trimEnd().endsWith('</html>')
  if (path.endsWith('.bel')) return bytes.length === size
  if (path.endsWith('.pdf')) return text.trimEnd().endsWith('%%EOF')
  if (path.endsWith('.xlsx')) return bytes.includes('PK\x05\x06')
  if (path.endsWith('.pdf')) return text.trimEnd().endsWith('%%EOF')
  return text.endsWith('\n')
}
