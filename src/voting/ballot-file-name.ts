/**
 * A name that tells the ballots of several voters on one machine apart and tells nothing else.
 * @param electionFile `chapter.election.json` or `chapter.bel`, in any folder, or the short name alone
 */
export function ballotFileName(electionFile: string, trackingCode: string): string {
  const base = (electionFile.split(/[\\/]/).at(-1) ?? '').replace(/(\.election)?\.(json|bel)$/i, '')
  const mark = trackingCode.replace(/[^A-Za-z0-9]/g, '').slice(0, 8)
  return `${base}-${mark}.ballot.json`
}
