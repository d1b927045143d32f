import { existsSync } from 'node:fs'
import { type Kysely, type Transaction as KyselyTransaction, sql } from 'kysely'
import type { AuditEvent, AuditState } from '../audit/entry.ts'
import type { Clock } from '../clock.ts'
import { Refusal } from '../errors.ts'
import { auditWriter } from './audit-writer.ts'
import { copiesBeside, removeCopies } from './compact.ts'
import { databaseRefusalOf, refusalOf } from './file-refusals.ts'
import { insertRows, type Rows } from './insert-rows.ts'
import { landNew } from './land-file.ts'
import { giveNewPassphrase } from './new-passphrase.ts'
import { FileExists } from './refusals.ts'
import type { Database } from './schema.ts'
import { openUrnaFile, type UrnaFile } from './urna-file.ts'

export { bringIn } from './land-file.ts'
export type { Database, ElectionStatus, Visibility } from './schema.ts'

/** What a use-case reads: one consistent view of the file. */
export interface ReadTransaction {
  readonly db: Kysely<Database>
  /** The moment the transaction began, ISO 8601 in UTC. */
  readonly now: string
  readonly officer: string
}

/** What a use-case changes, all or nothing, with the log entry that records it. */
export interface WriteTransaction extends ReadTransaction {
  /** Adds to the audit log, in this transaction. */
  record(event: AuditEvent): Promise<void>
  /** Adds several, in order, at little more than the cost of one. */
  recordAll(events: readonly AuditEvent[]): Promise<void>
  /** Adds many rows, in order, at little more than the cost of one. */
  insertAll<Table extends keyof Database>(table: Table, rows: Rows<Table>): Promise<void>
}

type Mode = 'apply' | 'rehearse'

/**
 * The only door from the areas to the file. Pass the transaction around, never the file: the root handle
 * inside a transaction waits for itself.
 */
export class UnitOfWork {
  readonly #file: UrnaFile
  readonly #clock: Clock
  readonly #officer: string
  readonly #mode: Mode
  #recorded: AuditState | undefined

  constructor(options: { file: UrnaFile; clock: Clock; officer: string; mode?: Mode }) {
    this.#file = options.file
    this.#clock = options.clock
    this.#officer = options.officer
    this.#mode = options.mode ?? 'apply'
  }

  /** Where the audit log stood after the last change that was recorded here; undefined where none was. */
  get recorded(): AuditState | undefined {
    return this.#recorded
  }

  /**
   * The same file in the name of another.
   * @param mode with `rehearse` every change is undone at once, and nothing is recorded
   */
  as(officer: string, mode: Mode = this.#mode): UnitOfWork {
    return new UnitOfWork({ file: this.#file, clock: this.#clock, officer, mode })
  }

  /** Name of the file, for sentences. */
  get path(): string {
    return this.#file.path
  }

  async read<T>(work: (tx: ReadTransaction) => Promise<T>): Promise<T> {
    return this.#translated(() =>
      this.#file.db
        .transaction()
        .setAccessMode('read only')
        .execute((db) => work(this.#context(db))),
    )
  }

  /**
   * Runs `work` in one immediate transaction. A refusal rolls everything back and is then recorded by
   * itself, so that the log also shows what was tried.
   * @param deed what is being done, for the record of a refusal: `open election`
   * @param mode with `rehearse` every change is undone, to see what would come of it
   */
  async write<T>(
    deed: string,
    work: (tx: WriteTransaction) => Promise<T>,
    mode: Mode = this.#mode,
  ): Promise<T> {
    try {
      return await this.#translated(() => this.#transaction(work, mode))
    } catch (error) {
      if (error instanceof Refusal && mode === 'apply' && !unrecordable.has(error.code)) {
        const details = { deed, code: error.code }
        const record = (tx: WriteTransaction) => tx.record({ action: 'refused', details })
        await this.#translated(() => this.#transaction(record, 'apply'))
      }
      throw error
    }
  }

  /** Another text whenever something was committed since, by this process or by another one; costs next to nothing. */
  async version(): Promise<string> {
    // SQLite's version of the file does not move with what its own connection writes.
    const query = sql<{ version: string }>`
      select data_version || '.' || total_changes() as version from pragma_data_version`
    const { rows } = await this.#translated(() => query.execute(this.#file.db))
    return rows[0]!.version
  }

  /** Empties the journal, which keeps what was deleted until it is written over. @throws NotCompacted */
  forgetJournal(): void {
    if (this.#mode === 'rehearse') return
    this.#file.forgetJournal()
  }

  /**
   * Writes a backup: a copy that is read through and judged before it gets its name.
   * @throws FileExists, DiskFull, DamagedFile and whatever `judge` throws
   */
  async copyTo<T>(path: string, judge: (copy: UnitOfWork) => Promise<T>): Promise<T> {
    if (existsSync(path)) throw new FileExists(path)
    const unfinished = `${path}.unfinished`
    try {
      this.#file.copyTo(unfinished)
      const copy = await this.#file.openCopy(unfinished)
      let judged: T
      try {
        copy.checkPages()
        judged = await judge(new UnitOfWork({ file: copy, clock: this.#clock, officer: this.#officer }))
      } finally {
        await copy.close()
      }
      landNew(unfinished, path)
      return judged
    } catch (error) {
      throw refusalOf(error, path) ?? error
    } finally {
      removeCopies([unfinished])
    }
  }

  /** Reads every page of the file. @throws DamagedFile */
  checkPages(): void {
    this.#file.checkPages()
  }

  /** Lets no other process in until the file is closed. @throws FileInUse */
  takeAlone(): void {
    this.#file.takeAlone()
  }

  /** Leaves no byte in the file, or in copies beside it, that is older than its rows. @throws NotCompacted */
  compact(): void {
    if (this.#mode === 'rehearse') return
    this.#file.compact()
  }

  /** Copies that urna itself left beside the file; whole paths. */
  copiesBeside(): string[] {
    return copiesBeside(this.#file.path)
  }

  /**
   * Gives the file another passphrase, all or nothing; nothing more can be done with it until it is opened anew.
   * @param work what is done with it, as `write` does it
   * @throws whatever `giveNewPassphrase` does
   */
  async changePassphrase(passphrase: string, work: (tx: WriteTransaction) => Promise<void>): Promise<void> {
    if (this.#mode === 'rehearse') return
    let recorded: AuditState | undefined
    await giveNewPassphrase(this.#file, passphrase, async (file) => {
      const copy = new UnitOfWork({ file, clock: this.#clock, officer: this.#officer })
      await copy.write('change passphrase', work)
      recorded = copy.recorded
    })
    this.#recorded = recorded
  }

  async #transaction<T>(work: (tx: WriteTransaction) => Promise<T>, mode: Mode): Promise<T> {
    const rehearsal = new Rehearsal<T>()
    let recorded: AuditState | undefined
    try {
      const result = await this.#file.db.transaction().execute(async (db) => {
        const context = this.#context(db)
        const append = auditWriter(db, context)
        const recordAll = async (events: readonly AuditEvent[]) => {
          recorded = (await append(events)) ?? recorded
        }
        const done = await work({
          ...context,
          recordAll,
          record: (event) => recordAll([event]),
          insertAll: (table, rows) => insertRows(db, table, rows),
        })
        if (mode === 'apply') return done
        rehearsal.done = { value: done }
        throw rehearsal
      })
      this.#recorded = recorded ?? this.#recorded
      return result
    } catch (error) {
      if (error === rehearsal && rehearsal.done !== undefined) return rehearsal.done.value
      throw error
    }
  }

  #context(db: KyselyTransaction<Database>): ReadTransaction {
    return { db, now: this.#clock.now().toISOString(), officer: this.#officer }
  }

  async #translated<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run()
    } catch (error) {
      throw databaseRefusalOf(error, this.#file.path) ?? error
    }
  }
}

/**
 * Opens a file, for a part of urna that needs a connection of its own.
 * @throws whatever `openUrnaFile` does
 */
export async function openUnitOfWork(options: {
  path: string
  passphrase: string
  clock: Clock
  officer: string
}): Promise<{ work: UnitOfWork; close: () => Promise<void> }> {
  const { path, passphrase, clock, officer } = options
  const file = await openUrnaFile({ path, passphrase })
  return { work: new UnitOfWork({ file, clock, officer }), close: file.close }
}

/** Thrown so that the transaction is rolled back. */
class Rehearsal<T> extends Error {
  done: { value: T } | undefined
}

/** Refusals that say the file can't be written now. */
const unrecordable: ReadonlySet<string> = new Set([
  'file-locked',
  'disk-full',
  'file-unreadable',
  'damaged-file',
])
