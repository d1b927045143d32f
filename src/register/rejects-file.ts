import { closeSync, existsSync, openSync, rmSync, writeSync } from 'node:fs'
import { stringify } from 'csv-stringify/sync'
import { giveNewName } from '../new-name.ts'
import { unwritableOr } from '../report/output-file.ts'
import type { RejectedRow } from './import-batch.ts'
import type { RejectLayout } from './import-summary.ts'
import { rejectColumns } from './member-columns.ts'
import { problemSentence } from './member-row.ts'
import { RejectsFileExists } from './refusals.ts'

/** Text gathered before it is written, in characters. */
const bufferSize = 65_536

/**
 * A CSV of the rows that can't be taken, as they came, with their line and what is wrong with them; national
 * ids are masked. Mended, it can be imported as it is. Without a row there is no file, and until it is closed it has
 * a temporary name: half of it would pass for the whole.
 */
export class RejectsFile {
  readonly path: string
  readonly #temporary: string
  #descriptor: number | undefined
  #buffer = ''

  /** @throws RejectsFileExists */
  constructor(path: string) {
    if (existsSync(path)) throw new RejectsFileExists(path)
    this.path = path
    this.#temporary = `${path}.${process.pid}.part`
  }

  add(row: RejectedRow, layout: RejectLayout): void {
    try {
      this.#add(row, layout)
    } catch (error) {
      throw unwritableOr(this.path, error)
    }
  }

  #add(row: RejectedRow, { columns, delimiter }: Pick<RejectLayout, 'columns' | 'delimiter'>): void {
    if (this.#descriptor === undefined) {
      // Readable by its owner alone: it holds what the members' list holds.
      rmSync(this.#temporary, { force: true })
      this.#descriptor = openSync(this.#temporary, 'wx', 0o600)
      this.#buffer = `\ufeff${stringify([[...columns.headers, ...rejectColumns]], { delimiter })}`
    }
    const cells = columns.headers.map((_, at) => row.cells[at] ?? '')
    const faulty = row.problems.map(({ column }) => column ?? '').join('; ')
    const reason = row.problems.map((problem) => `${problemSentence(problem)}. ${problem.mend}`).join(' ')
    this.#buffer += stringify([[...cells, String(row.line), faulty, reason]], { delimiter })
    if (this.#buffer.length >= bufferSize) this.#flush()
  }

  /**
   * @returns whether there is a file
   * @throws RejectsFileExists if another one took the name meanwhile, OutputUnwritable
   */
  close(): boolean {
    if (this.#descriptor === undefined) return false
    try {
      this.#flush()
      this.#end()
      giveNewName(this.#temporary, this.path)
    } catch (error) {
      this.discard()
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new RejectsFileExists(this.path)
      throw unwritableOr(this.path, error)
    }
    return true
  }

  /** For an import that came to nothing: repeated, it writes the file again. */
  discard(): void {
    this.#end()
    rmSync(this.#temporary, { force: true })
  }

  #end(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor)
    this.#descriptor = undefined
  }

  #flush(): void {
    if (this.#descriptor !== undefined) writeSync(this.#descriptor, this.#buffer)
    this.#buffer = ''
  }
}
