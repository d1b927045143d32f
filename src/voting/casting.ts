import type { Group } from '../sealing/group.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { findBallotBox, type IngestedBallot, ingestBallots } from './ingest.ts'
import { verifierInProcess } from './verify-ballots.ts'

/** A sealed ballot that comes over the network. */
export interface CastRequest {
  /** The exact text of the sealed ballot. */
  readonly ballot: string
  /** The one-time code, where the election asks for one. */
  readonly code?: string
  /** Where it comes from: an IP address. */
  readonly address: string
}

export interface Casting {
  /**
   * Puts one ballot into the box. Whoever is told that it is accepted can rely on it: it is on the disk.
   * @throws ElectionNotFound, WrongState before the election opened
   */
  cast(slug: string, request: CastRequest): Promise<IngestedBallot>
  close(): Promise<void>
}

export function openCasting({ work, group }: { work: UnitOfWork; group: Group }): Casting {
  return {
    cast: async (slug, { ballot }) => {
      const deps = { work, group, verify: verifierInProcess(group) }
      const box = await findBallotBox(deps, slug)
      const verdicts: IngestedBallot[] = []
      for await (const batch of ingestBallots(deps, box, [{ name: 'ballot', json: ballot }]))
        verdicts.push(...batch)
      return verdicts[0]!
    },
    close: async () => {},
  }
}
