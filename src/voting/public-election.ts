import { contestsOfSealedElection, type SealedContest } from '../election/sealed-election.ts'
import { parseElection, type SealedElection } from '../sealing/election.ts'
import type { Group } from '../sealing/group.ts'

/** A public election as a voter's machine reads it. */
export interface PublicElection {
  readonly sealed: SealedElection
  readonly contests: readonly SealedContest[]
  /** The published list of credentials; undefined where the file is the election alone. */
  readonly credentials?: string
  /** How many key holders are needed together to open the box; undefined where the file is the election alone. */
  readonly keyHolders?: number
}

/** @returns the election of that text, or why nobody can vote in it, as the end of a sentence */
export function readElectionText(group: Group, json: string): PublicElection | { readonly refused: string } {
  const sealed = parseElection(group, json)
  if ('refused' in sealed) {
    const { code, place } = sealed.refused
    return { refused: place === '' ? code : `${code} in ${place}` }
  }
  const contests = contestsOfSealedElection(sealed.parameters)
  if (contests === undefined) {
    return { refused: 'urna did not make it, and does not know what its ballots mean' }
  }
  return { sealed, contests }
}
