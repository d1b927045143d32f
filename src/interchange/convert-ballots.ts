import { formatDecimal } from '../tabulation/decimal.ts'
import { BallotsNotWritable, OutputFormatUnknown } from './ballot-file.ts'
import type { BallotFormat, FileFact, ReadOptions } from './ballot-format.ts'
import { formats } from './formats.ts'
import { formatById, type OpenedBallots, openBallots } from './open-ballots.ts'

export interface Conversion {
  readonly file: OpenedBallots
  readonly to: BallotFormat
  /** What the other format has no place for, or had to be assumed, in sentences. */
  readonly remarks: readonly string[]
  /** The file in the other format. @throws BallotsNotWritable, also after the first pieces */
  readonly pieces: Iterable<string>
}

/**
 * Reads a file of ballots, to be written in another format.
 * @param conversion.from the id of its format; found out when left out
 * @param conversion.to the id of the other; by the extension of `output` when left out
 * @throws InputUnreadable, CompressedFileDamaged, BallotFormatUnknown, OutputFormatUnknown, BallotFileUnreadable,
 *   BallotsNotWritable
 */
export async function convertBallots(conversion: {
  readonly input: string
  readonly output: string
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly irregularities: ReadOptions['irregularities']
}): Promise<Conversion> {
  const { input, output, from, irregularities } = conversion
  const targets = targetsOf(output, conversion.to)
  const source = { path: input, ...(from !== undefined && { format: from }) }
  const file = await openBallots(source, { irregularities, order: 'forgotten' })
  const to = targets.length === 1 ? targets[0]! : firstThatHolds(targets, file)
  return { file, to, remarks: remarksOf(file, to), pieces: inLargePieces(to.write!(file)) }
}

/** So that a file is not written line by line. */
function* inLargePieces(pieces: Iterable<string>): Generator<string> {
  let large = ''
  for (const piece of pieces) {
    large += piece
    if (large.length < 1 << 16) continue
    yield large
    large = ''
  }
  yield large
}

/** The formats that can be meant. */
function targetsOf(output: string, id: string | undefined): readonly BallotFormat[] {
  const written = formats.filter(({ write }) => write !== undefined)
  const known = written.map((format) => format.id)
  if (id !== undefined) {
    const format = formatById(output, id)
    if (format.write) return [format]
    throw new BallotsNotWritable(format.title, 'anything that urna writes: urna only reads it')
  }
  const extension = /\.([^./]+)$/.exec(output)?.[1]?.toLowerCase()
  const targets = written.filter(({ extensions }) => extensions.includes(extension ?? ''))
  if (targets.length === 0) throw new OutputFormatUnknown(output, known)
  return targets
}

/** Of several formats with one extension, such as CSV, the first that can hold the ballots. */
function firstThatHolds(targets: readonly BallotFormat[], file: OpenedBallots): BallotFormat {
  let refusal: BallotsNotWritable | undefined
  for (const format of targets) {
    try {
      for (const _ of format.write!(file));
      return format
    } catch (error) {
      if (!(error instanceof BallotsNotWritable)) throw error
      refusal ??= error
    }
  }
  throw refusal!
}

const lostSentences: Readonly<Record<FileFact, string>> = {
  title: 'The title is left out.',
  seats: 'The number of seats is left out.',
  withdrawn: 'It is left out which options are withdrawn; they are still on the ballots.',
  tieOrder: 'The order in which ties are decided is left out.',
}

function remarksOf(
  { title, seats, withdrawn, tieOrder, ballots }: OpenedBallots,
  to: BallotFormat,
): string[] {
  const said: readonly (FileFact | false)[] = [
    title !== '' && 'title',
    seats !== undefined && 'seats',
    withdrawn.length > 0 && 'withdrawn',
    tieOrder !== undefined && 'tieOrder',
  ]
  const lost = said.filter((fact) => fact !== false && to.keeps?.includes(fact) !== true)
  const invalid = ballots.kind === 'totals' ? 0 : ballots.invalid
  return [
    ...(lost as FileFact[]).map((fact) => lostSentences[fact]),
    ...(ballots.kind !== 'totals' && invalid > 0
      ? [`Invalid ballots are left out: ${formatDecimal(invalid, ballots.weightPlaces)}.`]
      : []),
    ...(seats === undefined && to.needsSeats ? ['The number of seats is not known; 1 is written.'] : []),
  ]
}
