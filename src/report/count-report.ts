import type { Tabulation } from '../tabulation/tabulation.ts'

/**
 * The count of a file of ballots, as every output shows it. Plain data, and the same for the same file and
 * the same request: no time, no path, no chance.
 *
 * Text in it (titles, names of options, messages) is as the file has it; whoever prints it makes it safe.
 */
export interface CountReport {
  /** Of the contest, as the file names it; empty where it has no title. */
  readonly title: string
  readonly file: CountedFile
  readonly method: CountedMethod
  /** Every rule of the method with the value that was used, defaults included, in the order of its schema. */
  readonly rules: Readonly<Record<string, unknown>>
  /** Where the number of seats is from. */
  readonly seatsFrom: 'request' | 'file' | 'assumption'
  /** Its `options` are distinct: where a file has a name twice, the later ones are numbered. */
  readonly tabulation: Tabulation
  /** Of the lot that decides ties, where one was given. */
  readonly seed?: string
  /** What was read in spite of being irregular, in the order of the file. */
  readonly warnings: readonly FileWarning[]
  /** What was assumed or made of the ballots before the count: a sentence each. */
  readonly remarks: readonly string[]
  readonly trace?: TracedBallot
  /** Of urna. */
  readonly version: string
}

interface CountedFile {
  /** Without folders; `standard input` where it has no name. */
  readonly name: string
  readonly format: { readonly id: string; readonly title: string }
  /** Of its bytes as they came, compressed or not; 64 lower-case hex digits. */
  readonly sha256: string
}

export interface CountedMethod {
  readonly id: string
  readonly title: string
  /** What a ballot says: `choice`, `approval`, `score`, `grade`, `ranking` or `list`. */
  readonly style: string
  /** Where its rules can be read. */
  readonly source: string
}

/** Lines and columns count from 1. */
export interface FileWarning {
  readonly line: number
  readonly column: number
  readonly message: string
}

/** What became of one ballot, in words. */
export interface TracedBallot {
  /** As it was asked for: its number in the file, or its id. */
  readonly ballot: string
  /** What it says: "1 Ada, 2 Bo and Cy". */
  readonly says: string
  /** Where it lay at the end of each round; empty where the method doesn't follow single ballots. */
  readonly rounds: readonly { readonly round: number; readonly sentence: string }[]
  /** Where there are no rounds: why. */
  readonly remark?: string
}

/** A method's count of a file, or in a sentence why it does not count it. */
export type ComparedCount = { readonly method: CountedMethod } & (
  | { readonly report: CountReport }
  | { readonly refused: string }
)
