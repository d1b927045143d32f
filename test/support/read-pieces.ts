import type { BallotFile } from '../../src/interchange/ballot-file.ts'
import type { BallotFormat, ReadOptions } from '../../src/interchange/ballot-format.ts'
import { recordCompanions } from './record-samples.ts'

/** With what lies beside the samples of the formats that need it. */
export const tolerant: ReadOptions = {
  irregularities: 'warned of',
  order: 'forgotten',
  companions: recordCompanions,
}

export function bytesOf(sample: string | Uint8Array): Uint8Array {
  return typeof sample === 'string' ? new TextEncoder().encode(sample) : sample
}

/**
 * Reads bytes in pieces, each of which is overwritten once the reader had it.
 * @param cuts where the pieces end, ascending
 */
export function readPieces(
  format: BallotFormat,
  bytes: Uint8Array,
  cuts: readonly number[] = [],
  options: ReadOptions = tolerant,
): BallotFile {
  const reader = format.reader(options)
  for (const [index, end] of [...cuts, bytes.length].entries()) {
    const piece = Buffer.from(bytes.subarray(index === 0 ? 0 : cuts[index - 1], end))
    reader.write(piece)
    piece.fill(0x21)
  }
  return reader.end()
}
