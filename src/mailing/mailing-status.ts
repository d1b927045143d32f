import { stringify } from 'csv-stringify/sync'
import { findElection } from '../election/find-election.ts'
import { requireVoters } from '../election/purged.ts'
import { writeNewFile } from '../report/output-file.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { shownCell } from '../voting/token-file.ts'
import { type MailingStanding, readMailings } from './mailing-report.ts'
import { readUnreached, type Unreached } from './unreached.ts'

export interface MailingStatus {
  election: string
  mailings: MailingStanding[]
  /** How many could vote, have not, and were reached by no message; by why. */
  unreached: { reason: Unreached['reason']; count: number }[]
  /** The list that was written. */
  file: string | null
}

/**
 * How the mailings of an election stand, and whom none of them reached.
 * @param input.out a file for who they are: number, name, e-mail address, telephone number, why, and whose
 *   vote it is where one of them holds another's
 * @throws ElectionNotFound, ElectionPurged, OutputExists, OutputUnwritable
 */
export async function mailingStatus(
  work: UnitOfWork,
  input: { election: string | undefined; out: string | undefined },
): Promise<MailingStatus> {
  const { election, mailings, unreached } = await work.read(async (tx) => {
    const found = await findElection(tx, input.election)
    await requireVoters(tx, found, 'say whom its mailings reached')
    return {
      election: found.slug,
      mailings: await readMailings(tx, found),
      unreached: await readUnreached(tx, found),
    }
  })
  if (input.out !== undefined) {
    const proxies = unreached.some(({ proxyFor }) => proxyFor !== null)
    const rows = unreached.map(({ number, name, email, phone, reason, proxyFor }) => {
      const whose = proxyFor === null ? '' : `${proxyFor.number} ${proxyFor.name}`
      return [number, name, email ?? '', phone ?? '', reason, ...(proxies ? [whose] : [])].map(shownCell)
    })
    const columns = ['number', 'name', 'email', 'phone', 'reason', ...(proxies ? ['proxy for'] : [])]
    const text = stringify(rows, { header: true, columns })
    await writeNewFile(input.out, `\ufeff${text}`, 0o600)
  }
  const counts = new Map<Unreached['reason'], number>()
  for (const { reason } of unreached) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return {
    election,
    mailings,
    unreached: [...counts].sort().map(([reason, count]) => ({ reason, count })),
    file: input.out ?? null,
  }
}
