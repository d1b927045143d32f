import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type CsvError, parse as csvParse, type Info } from 'csv-parse'
import { type Delimiter, declaredDelimiter, detectDelimiter } from './csv-delimiter.ts'
import { decodeText, detectEncoding, type Encoding, peek } from './csv-encoding.ts'
import type { CsvSource } from './csv-source.ts'
import { CsvUnreadable } from './refusals.ts'

/** A row as it is in the file. */
export interface CsvRow {
  /** Line of the file on which the row begins, from 1; line ends inside quotes count. */
  line: number
  cells: readonly string[]
}

/** Lines that can't be told apart into cells. */
export interface BrokenRow {
  line: number
  /** Line on which the trouble was noticed. */
  until: number
  /** Where the quote is that should not be there. */
  quote: 'inside a quoted cell' | 'inside a cell without quotes'
}

export interface CsvTable {
  encoding: Encoding
  delimiter: Delimiter
  /** The first row that is not empty. */
  header: CsvRow
  /** The rows below it, empty ones left out, in order. */
  rows: AsyncIterable<CsvRow | BrokenRow>
}

/** Longest row, in characters; a quote that is never closed would swallow the rest of the file. */
const longestRow = 1_000_000

/**
 * Reads a CSV as a stream.
 * @param onBytes told how many bytes have been read so far
 * @throws CsvUnreadable if it is empty, no text, or a quoted cell never ends
 */
export async function readCsv(source: CsvSource, onBytes: (read: number) => void): Promise<CsvTable> {
  const { head, bytes } = await peek(source)
  const encoding = await detectEncoding(source, head)
  const text = decodeText(source, counted(bytes, onBytes), encoding)
  const first = await firstText(text)
  const declared = declaredDelimiter(first)
  const delimiter = declared ?? detectDelimiter(first)
  // Without its text the declaring line is an empty one, and the lines are counted right.
  const beginning = declared === undefined ? first : first.slice(first.indexOf('\n'))
  const rows = parse(source, prepended(beginning, text), delimiter)[Symbol.asyncIterator]()
  const header = await rows.next()
  if (header.done) throw new CsvUnreadable(source.name, 'there is nothing in it')
  if (!('cells' in header.value)) {
    throw new CsvUnreadable(source.name, `its header has a quote ${header.value.quote}`, {
      line: header.value.line,
    })
  }
  return { encoding, delimiter, header: header.value, rows: { [Symbol.asyncIterator]: () => rows } }
}

async function* counted(bytes: AsyncIterable<Uint8Array>, onBytes: (read: number) => void) {
  let read = 0
  for await (const chunk of bytes) {
    read += chunk.length
    onBytes(read)
    yield chunk
  }
}

/** Enough text to judge the delimiter by, or all there is. */
async function firstText(text: AsyncGenerator<string>): Promise<string> {
  let first = ''
  while (first.length < 16_384) {
    const { value, done } = await text.next()
    if (done) break
    first += value
  }
  return first
}

async function* prepended(first: string, rest: AsyncGenerator<string>) {
  yield first
  yield* rest
}

async function* parse(
  source: CsvSource,
  text: AsyncIterable<string>,
  delimiter: Delimiter,
): AsyncGenerator<CsvRow | BrokenRow> {
  const track = new RowTrack(source)
  const parser = csvParse({
    delimiter,
    record_delimiter: '\n',
    relax_column_count: true,
    // A space before an opening quote is a slip that changes nothing.
    ltrim: true,
    max_record_size: longestRow,
    skip_records_with_error: true,
    info: true,
    on_record: (record, { lines }) => {
      track.ended(lines)
      return record
    },
    on_skip: (error) => track.trouble(error),
  })
  const flow = pipeline(Readable.from(text, { highWaterMark: 1 }), parser)
  // The loop below sees the same error.
  flow.catch(() => {})
  for await (const { record: cells, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
    const line = info.lines - lineEndsIn(cells)
    yield* track.takeBroken(line)
    if (cells.some((cell) => cell.trim() !== '')) yield { line, cells }
  }
  await flow
  yield* track.takeBroken(Number.POSITIVE_INFINITY)
}

function lineEndsIn(cells: readonly string[]): number {
  let count = 0
  for (const cell of cells) {
    for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) count += 1
  }
  return count
}

/** Keeps the broken rows, which the parser passes over, and where they begin. */
class RowTrack {
  readonly #source: CsvSource
  #lastLine = 0
  #broken: BrokenRow[] = []

  constructor(source: CsvSource) {
    this.#source = source
  }

  /** A row was told apart. @param line the line on which it ends */
  ended(line: number): void {
    this.#lastLine = line
  }

  trouble(error: CsvError | undefined): undefined {
    const at = Number(error?.lines)
    if (error?.code === 'CSV_INVALID_CLOSING_QUOTE') {
      this.#note({ line: this.#lastLine + 1, until: at, quote: 'inside a quoted cell' })
    } else if (error?.code === 'INVALID_OPENING_QUOTE') {
      this.#note({ line: this.#lastLine + 1, until: at, quote: 'inside a cell without quotes' })
    } else {
      throw new CsvUnreadable(this.#source.name, 'a quoted cell begins there that never ends', {
        line: this.#lastLine + 1,
        hint: 'Close the quote, or double it where it belongs to the text.',
      })
    }
  }

  #note(row: BrokenRow): void {
    const last = this.#broken.at(-1)
    if (last === undefined || last.line < row.line) this.#broken.push(row)
    // A row without quotes ends with its line; where one with quotes ends, nobody can tell.
    else if (last.until < row.until && last.quote === 'inside a cell without quotes') {
      this.#broken.push({ ...row, line: last.until + 1 })
    } else last.until = Math.max(last.until, row.until)
  }

  /** The broken rows before a line. */
  *takeBroken(line: number): Generator<BrokenRow> {
    while (this.#broken[0] !== undefined && this.#broken[0].line < line)
      yield this.#broken.shift() as BrokenRow
  }
}
