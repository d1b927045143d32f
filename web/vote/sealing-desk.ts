import type { Selections } from '../../src/ballot/selections.ts'
import type { SealedContest } from '../../src/election/sealed-election.ts'
import type { Visibility } from '../../src/election/secrecy.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { proveToken, type TokenProof } from '../../src/voting/prove-token.ts'
import { type PublicElection, readElectionText } from '../../src/voting/public-election.ts'
import { TokenNotOfThisElection } from '../../src/voting/refusals.ts'
import { checkToken, sealVote } from '../../src/voting/seal-vote.ts'

/** What a voter reads of the public election before anything is sealed to it. */
export interface OpenedElection {
  readonly name: string
  readonly description: string
  /** Who holds it. */
  readonly organisation: string
  /** SHA-256 of its text, in unpadded Base64, computed here. */
  readonly fingerprint: string
  /** Who may see who voted what. */
  readonly visibility: Visibility
  /** Whether officers see votes while they come in. */
  readonly liveVoting: boolean
  readonly contests: readonly SealedContest[]
}

export interface SealedVote {
  /** The exact text of the sealed ballot. */
  readonly json: string
  readonly trackingCode: string
}

/** The work with secrets: it is done on the voter's own device, apart from the page that is looked at. */
export interface SealingDesk {
  /** Takes the public election that all the rest is about. @returns undefined where nobody can vote in it */
  open(electionText: string): Promise<OpenedElection | undefined>
  /** @param credentials the published list */
  isListed(token: string, credentials: string): Promise<boolean>
  seal(token: string, selections: readonly Selections[]): Promise<SealedVote>
  /** Signs what the server asks to have signed by whoever holds the token. */
  prove(token: string, challenge: string): Promise<TokenProof>
}

/** A desk in this very thread. */
export async function openSealingDesk(): Promise<SealingDesk> {
  const group = await loadGroup({ backend: 'libsodium-sumo' })
  let election: PublicElection | undefined

  function opened(): PublicElection {
    if (election === undefined) throw new Error('no election is on the desk')
    return election
  }

  return {
    open: async (electionText) => {
      const read = readElectionText(group, electionText)
      if ('refused' in read) return undefined
      election = read
      const { name, description, organisation, fingerprint, visibility, liveVoting } = read.form
      return {
        ...{ name, description, organisation, fingerprint, visibility, liveVoting },
        contests: read.contests,
      }
    },
    isListed: async (token, credentials) => {
      try {
        checkToken(group, { ...opened(), credentials }, token)
        return true
      } catch (error) {
        if (error instanceof TokenNotOfThisElection) return false
        throw error
      }
    },
    seal: async (token, selections) => sealVote(group, { election: opened(), token, selections }),
    prove: async (token, challenge) => {
      const { uuid } = opened().form
      return proveToken(group, { uuid, token, challenge })
    },
  }
}
