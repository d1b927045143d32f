import { type Election, requireStatus } from '../../election/find-election.ts'
import { rightsOf } from '../../election/rights.ts'
import type { ElectionStatus } from '../../store/unit-of-work.ts'
import { PaperRefused } from './refusals.ts'

/** @param when of a deed that is not for every state @throws PaperRefused where nobody votes on paper, WrongState */
export function requirePaper(
  election: Election,
  when?: { deed: string; allowed: readonly ElectionStatus[] },
): void {
  const { slug } = election
  if (!rightsOf(election).paperBallots) {
    throw new PaperRefused(
      `Nobody votes on paper in ${slug}.`,
      { election: slug },
      `Before it opens: urna election edit ${slug} --paper-ballots`,
    )
  }
  if (when !== undefined) requireStatus(election, { deed: when.deed, allowed: [...when.allowed] })
}
