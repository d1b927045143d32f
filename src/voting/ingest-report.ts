import type { IngestedBallot } from './ingest.ts'

/** What became of all ballots of a command. */
export interface IngestReport {
  /** Short name. */
  election: string
  ballots: number
  /** In the box now, and not before. Those that took the place of an earlier one are among them. */
  accepted: number
  /** Of the accepted, those that superseded an earlier ballot of their voter. */
  recast: number
  /** In the box before. */
  already: number
  refused: number
  /** Of the accepted, in order. */
  trackingCodes: string[]
  refusals: { file: string; code: string; reason: string }[]
}

export function emptyReport(election: string): IngestReport {
  const counts = { ballots: 0, accepted: 0, recast: 0, already: 0, refused: 0 }
  return { election, ...counts, trackingCodes: [], refusals: [] }
}

export function addToReport(report: IngestReport, ballot: IngestedBallot): void {
  report.ballots += 1
  if (ballot.outcome === 'already') report.already += 1
  else if (ballot.outcome === 'refused') {
    const { name, code, reason } = ballot
    report.refused += 1
    report.refusals.push({ file: name, code, reason })
  } else {
    report.accepted += 1
    if (ballot.outcome === 'recast') report.recast += 1
    report.trackingCodes.push(ballot.trackingCode)
  }
}
