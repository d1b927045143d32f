import type { BallotOrder } from '../tabulation/ballot-grouping.ts'
import type { BallotFile } from './ballot-file.ts'

export interface ReadOptions {
  /** Irregular files are refused at the first irregularity, or read with warnings. */
  readonly irregularities: 'refused' | 'warned of'
  readonly order: BallotOrder
  /** A ballot to find the group of: its number in the file, from 1, or its id where the format has ids. */
  readonly find?: string
  /** The contest to read, by its id or name, of a file that holds several. */
  readonly contest?: string
  /** The text of the format's companions that there are, by name. */
  readonly companions?: Readonly<Record<string, string>>
}

/** Takes a file piece by piece, so that it need never be in memory as a whole. */
export interface BallotReader {
  /** The next bytes, cut anywhere, never compressed; good only until it returns. @throws BallotFileUnreadable */
  write(bytes: Uint8Array): void
  /** What follows is another file, of the same contest. Absent where a format takes no more than one file. */
  nextFile?(): void
  /** What the file held. @throws BallotFileUnreadable if it ends too early */
  end(): BallotFile
}

/** What a file can say beside its options and ballots. */
export type FileFact = 'title' | 'seats' | 'withdrawn' | 'tieOrder'

/** A format of files of ballots. */
export interface BallotFormat {
  readonly id: string
  /** For people. */
  readonly title: string
  /** Without the dot, in lower case. */
  readonly extensions: readonly string[]
  /** Whether a file can be of this format, by how it begins: up to the first 64 KiB, as text. */
  readonly fits: (head: string) => boolean
  /** Whether a file can hold several contests, of which `ReadOptions.contest` names one. */
  readonly holdsContests?: true
  /** Which of the files beside that of the ballots say more, such as the names of the options. */
  readonly companions?: (name: string, beside: readonly string[]) => readonly string[]
  /** Whether a file of a folder holds ballots, of a format that comes as a folder. */
  readonly inFolder?: (name: string) => boolean
  readonly reader: (options: ReadOptions) => BallotReader
  /**
   * Writes the format a piece at a time; absent where urna only reads it.
   * @throws BallotsNotWritable, also after the first pieces
   */
  readonly write?: (file: Omit<BallotFile, 'warnings' | 'found'>) => Iterable<string>
  /** What it has a place for, beside options and ballots, where it is written. */
  readonly keeps?: readonly FileFact[]
  /** Whether it can't be written without a number of seats, so that 1 stands where it isn't known. */
  readonly needsSeats?: true
}
