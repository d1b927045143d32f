import type { PlainAnswer } from '../../src/sealing/answer.ts'
import { type ParsedBallot, parseBallot, sealBallot } from '../../src/sealing/ballot.ts'
import { parsePublicCredentials } from '../../src/sealing/credential.ts'
import { parseElection, type SealedElection } from '../../src/sealing/election.ts'
import { elementToHex } from '../../src/sealing/encoding.ts'
import { type EncryptedTally, tallyBallots } from '../../src/sealing/encrypted-tally.ts'
import type { Group } from '../../src/sealing/group.ts'
import { parseTrustees, type Trustees } from '../../src/sealing/trustee.ts'
import { type BoardFiles, readBoardFiles } from './board-files.ts'
import { newVoter } from './election-fixture.ts'
import { lastBallots } from './last-ballots.ts'

/** A ballot of a new voter, parsed. */
export function cast(group: Group, election: SealedElection, ...choices: PlainAnswer[]): ParsedBallot {
  const { json } = sealBallot(group, { election, secret: newVoter(group, election), choices })
  return accepted(parseBallot(group, election, json))
}

export interface BoardFixture {
  readonly files: BoardFiles
  readonly election: SealedElection
  readonly trustees: Trustees
  /** The last ballot of each voter, with the voter's weight. */
  readonly entries: readonly { readonly ballot: ParsedBallot; readonly weight: bigint }[]
  /** Recomputed from the ballots. */
  readonly tally: EncryptedTally
  readonly totalWeight: bigint
}

/** An archive of Belenios, parsed and tallied by us. */
export function readBoardFixture(group: Group, name: string): BoardFixture {
  const files = readBoardFiles(name)
  const election = accepted(parseElection(group, files.election))
  const trustees = accepted(parseTrustees(group, files.trustees))
  const credentials = accepted(parsePublicCredentials(group, files.credentials))
  const weights = new Map(credentials.map(({ credential, weight }) => [elementToHex(credential), weight]))
  const ballots = files.ballots.map((json) => accepted(parseBallot(group, election, json)))
  const entries = lastBallots(ballots).map((ballot) => ({
    ballot,
    weight: weights.get(elementToHex(ballot.credential))!,
  }))
  const { tally, total_weight: totalWeight } = tallyBallots(group, election, entries)
  return { files, election, trustees, entries, tally, totalWeight }
}

/** The value, or an error that shows the refusal. */
export function accepted<T>(value: T): Exclude<T, { readonly refused: unknown }> {
  if (typeof value === 'object' && value !== null && 'refused' in value) {
    throw new Error(`refused: ${JSON.stringify(value)}`)
  }
  return value as Exclude<T, { readonly refused: unknown }>
}
