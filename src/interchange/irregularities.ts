import { BallotFileUnreadable, type FileRemark } from './ballot-file.ts'
import type { ReadOptions } from './ballot-format.ts'

/** How many irregularities are listed one by one. */
const most = 100

/** A place in a file. Lines and columns count from 1. */
export type Place = Omit<FileRemark, 'message'>

/** What is irregular in a file: noted as it is read, or refused at the first. */
export class Irregularities {
  readonly #format: string
  readonly #policy: ReadOptions['irregularities']
  readonly #remarks: FileRemark[] = []
  readonly #notedOnce = new Set<string>()
  #further = 0

  constructor(format: string, policy: ReadOptions['irregularities']) {
    this.#format = format
    this.#policy = policy
  }

  /** @throws BallotFileUnreadable where irregularities are refused */
  note({ line, column }: Place, message: string): void {
    const remark = { line, column, message }
    if (this.#policy === 'refused') throw new BallotFileUnreadable(this.#format, remark)
    if (this.#remarks.length <= most) this.#remarks.push(remark)
    else this.#further++
  }

  /** Notes what a file does throughout, where it does so first. @throws BallotFileUnreadable */
  noteOnce(place: Place, message: string): void {
    if (this.#notedOnce.has(message)) return
    this.#notedOnce.add(message)
    this.note(place, message)
  }

  /** What makes no sense however tolerant the reader. */
  unreadable({ line, column }: Place, message: string): BallotFileUnreadable {
    return new BallotFileUnreadable(this.#format, { line, column, message })
  }

  /** In the order of the file; where there were very many, the last tells how many more. */
  remarks(): readonly FileRemark[] {
    const inOrder = [...this.#remarks].sort((a, b) => a.line - b.line || a.column - b.column)
    if (inOrder.length <= most) return inOrder
    const { line, column } = inOrder.at(-1)!
    const message = `From here on ${this.#further + 1} more irregularities are not listed.`
    return [...inOrder.slice(0, most), { line, column, message }]
  }
}
