import { Refusal } from '../errors.ts'
import type { BallotGroups } from '../tabulation/ballot-groups.ts'
import type { OptionTotals } from '../tabulation/totals.ts'

/** What a file of ballots holds. */
export interface BallotFile {
  readonly title: string
  /** Names of the options, in the order of the ballot. */
  readonly options: readonly string[]
  /** Positions of the withdrawn options, ascending; they are still on the ballots. */
  readonly withdrawn: readonly number[]
  /** Absent where the format doesn't say. */
  readonly seats?: number
  readonly ballots: BallotGroups | OptionTotals
  /** Positions of the options that stand for write-ins who are nobody in particular; absent where there are none. */
  readonly writeIns?: readonly number[]
  /** The order in which the file has ties decided: positions of options, the first prevails. */
  readonly tieOrder?: readonly number[]
  /** The group of the ballot that `ReadOptions.find` names; absent where no ballot is so named. */
  readonly found?: number
  /** What was read in spite of being irregular. */
  readonly warnings: readonly FileRemark[]
}

/** Something at a place in a text. Lines and columns count from 1. */
export interface FileRemark {
  readonly line: number
  readonly column: number
  readonly message: string
}

/** A file of ballots that makes no sense at some place. */
export class BallotFileUnreadable extends Refusal {
  readonly code = 'ballot-file-unreadable'

  constructor(format: string, { line, column, message }: FileRemark) {
    super(`Line ${line}, column ${column}: ${message}`, { format, line, column })
  }
}

/** What can't be written in a format without a loss of what ballots say. */
export class BallotsNotWritable extends Refusal {
  readonly code = 'ballots-not-writable'

  /** @param what completes "This format can't hold …" */
  constructor(format: string, what: string) {
    super(`${format} can't hold ${what}.`, { format, what })
  }
}

/** A compressed file that can't be decompressed. */
export class CompressedFileDamaged extends Refusal {
  readonly code = 'file-unreadable'

  /** @param how completes "The compressed file …" */
  constructor(path: string, how: string) {
    super(
      `The compressed file ${path} ${how}.`,
      { path },
      'Fetch it again, and compare its size with the original.',
    )
  }
}

/** A folder with several files of a format in which one file is all there is. */
export class OneFileOnly extends Refusal {
  readonly code = 'one-file-only'

  constructor(details: { readonly path: string; readonly format: string }) {
    super(
      `${details.path} holds several files, which can't be read as one in the format ${details.format}.`,
      details,
      'Name one of its files.',
    )
  }
}

/** A file with several contests of which none was chosen, or a file without the contest that was. */
export class ContestNotChosen extends Refusal {
  readonly code = 'contest-not-chosen'

  /** @param details.contests none where the format has no place for several */
  constructor(details: { readonly contest?: string; readonly contests: readonly string[] }) {
    const { contest, contests } = details
    super(
      contest === undefined
        ? `The file holds ${contests.length} contests.`
        : `The file holds no contest ${JSON.stringify(contest)}.`,
      details,
      contests.length === 0
        ? 'A file of this format is one contest: leave --contest out.'
        : `Name one of its contests: ${contests.map((each) => JSON.stringify(each)).join(', ')}.`,
    )
  }
}

/** A file without a single byte: often an export or a download that failed. */
export class BallotFileEmpty extends Refusal {
  readonly code = 'ballot-file-unreadable'

  constructor(path: string) {
    super(`${inputName(path)} is empty.`, { path })
  }
}

/** A folder in which no file is one of ballots in a format that comes as a folder. */
export class FolderWithoutBallots extends Refusal {
  readonly code = 'ballot-format-unknown'

  constructor(path: string) {
    super(
      `${path} is a folder, and holds no records of Dominion or Hart.`,
      { path },
      'Name a file of ballots in it.',
    )
  }
}

/** A file whose format isn't known. */
export class BallotFormatUnknown extends Refusal {
  readonly code = 'ballot-format-unknown'

  /** @param details.format what was asked for, if it was, and the nearest to it that there is */
  constructor(details: {
    readonly path: string
    readonly formats: readonly string[]
    readonly format?: string
    readonly nearest?: string
  }) {
    const { path, formats, format, nearest } = details
    super(
      format === undefined
        ? `${inputName(path)} is in no format that urna knows.`
        : `There is no format "${format}".`,
      details,
      nearest === undefined
        ? `Name its format: ${formats.join(', ')}.`
        : `Perhaps ${nearest} was meant; there are ${formats.join(', ')}.`,
    )
  }
}

/** An output whose name doesn't tell which format to write. */
export class OutputFormatUnknown extends Refusal {
  readonly code = 'ballot-format-unknown'

  constructor(path: string, formats: readonly string[]) {
    super(
      path === '-'
        ? 'Standard output has no extension that tells which format to write.'
        : `The extension of ${path} is of no format that urna writes.`,
      { path, formats },
      `Name the format with --to: ${formats.join(', ')}.`,
    )
  }
}

/** At the beginning of a sentence. */
function inputName(path: string): string {
  return path === '-' ? 'Standard input' : path
}
