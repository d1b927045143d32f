import type { SealedContest } from '../election/sealed-election.ts'
import { type Secrecy, secrecyOf } from '../election/secrecy.ts'
import type { Group } from '../sealing/group.ts'
import { type BallotForm, readBallotForm } from './ballot-form.ts'

/** A public election as a voter's machine reads it. */
export interface PublicElection {
  readonly form: BallotForm
  readonly contests: readonly SealedContest[]
  /** The published list of credentials; undefined where the file is the election alone. */
  readonly credentials?: string
  /** What will be known of who voted how. */
  readonly secrecy: Secrecy
}

/**
 * @param keyHolders how many are needed together to open the box; null where the text is all there is
 * @returns the election of that text, or why nobody can vote in it, as the end of a sentence
 */
export function readElectionText(
  group: Group,
  json: string,
  keyHolders: number | null = null,
): PublicElection | { readonly refused: string } {
  const form = readBallotForm(group, json)
  if ('refused' in form) return form
  const { contests } = form
  if (contests === undefined) {
    return { refused: 'urna did not make it, and does not know what its ballots mean' }
  }
  if (form.visibility === 'manual') return { refused: 'nobody casts a ballot in it: its result is typed in' }
  const { visibility, liveVoting } = form
  return { form, contests, secrecy: secrecyOf({ visibility, keyHolders, anonymised: false, liveVoting }) }
}
