import type { VerificationReport } from '../sealing/verification-report.ts'
import type { Tabulation } from '../tabulation/tabulation.ts'
import type { InvalidBallots, WriteIns } from './count-contest.ts'

/** A contest counted again from the archive. */
export interface Recount {
  title: string
  tabulation: Tabulation
  invalidBallots: readonly InvalidBallots[]
  /** Where names could be written in. */
  writeIns?: WriteIns
  /** The option that stands for none of the others, where there is one. */
  none?: number
}

/** What was opened of a question whose way of counting the archive does not tell. */
export interface OpenedQuestion {
  title: string
  /** Absent where ballots were opened one by one. */
  totals?: { answer: string; votes: string }[]
  /** Opened ballots; absent where only totals were opened. */
  ballots?: number
}

export interface ElectionVerification {
  archive: string
  report: VerificationReport
  /** Whether its ballots were never sealed. */
  inTheClear: boolean
  /** Whether the archive reaches to the result. */
  complete: boolean
  /** Once there is a result, and the archive tells how it is counted. */
  contests?: Recount[]
  /** Whether papers that count beside its ballots were counted with them; absent where there are none. */
  paper?: 'counted' | 'missing'
  /** Once there is a result, and the archive does not. */
  questions?: OpenedQuestion[]
}
