import type { Group } from '../../sealing/group.ts'
import { makeContribution } from '../make-contribution.ts'
import { checkTrustees } from './check-trustees.ts'
import { type CeremonyStep, continueCeremony } from './continue-ceremony.ts'
import { type CeremonyRoundMessage, readOfficerMessage, type TrusteeListMessage } from './messages.ts'

export interface ContinuedWork {
  did: CeremonyStep['did'] | 'checked' | 'shuffle' | 'decryption'
  election: { name: string; uuid: string }
  trustee: string
  keyFile: string
  /** To be sent to the officer. */
  file: string
  certificates: string | null
  electionKey: string | null
  /** False if it was made before, and is only written again. */
  changed: boolean
}

export interface WorkInput {
  /** What the officer sent. */
  readonly source: string
  readonly keyFile: string | undefined
  readonly name: string | undefined
  readonly folder: string
  readonly chooseName: (names: readonly string[]) => Promise<string>
  readonly progress?: (label: string, done: number, total: number) => void
}

/** Does what is a trustee's turn, whatever it is. @throws CeremonyRefused, and whatever `makeContribution` does */
export async function continueWork(group: Group, input: WorkInput): Promise<ContinuedWork> {
  if (/\.bel$/i.test(input.source)) return continueTally(group, input)
  return continueBeforeOpening(group, { ...input, message: await readOfficerMessage(input.source) })
}

/**
 * Shuffles or decrypts, whichever is due.
 *
 * @param input.election uuid of the only election that it is done for; undefined for that of the archive
 */
export async function continueTally(
  group: Group,
  input: Omit<WorkInput, 'name' | 'chooseName'> & { election?: string },
): Promise<ContinuedWork> {
  const { source, keyFile, folder, progress, election: expected } = input
  const made = await makeContribution(group, {
    ...{ kind: 'due', archive: source, keyFile, folder, out: undefined },
    ...(expected !== undefined && { election: expected }),
    ...(progress && { progress }),
  })
  const { did, file, election, changed } = made
  return {
    ...{ did, file, election, keyFile: made.keyFile, trustee: made.name },
    ...{ certificates: null, electionKey: null, changed },
  }
}

/** The key ceremony, or the check of all keys after it. @throws CeremonyRefused, TrusteeKeyInvalid */
export async function continueBeforeOpening(
  group: Group,
  input: WorkInput & { message: CeremonyRoundMessage | TrusteeListMessage },
): Promise<ContinuedWork> {
  const { source, message, keyFile, folder } = input
  const election = { name: message.election.title, uuid: message.election.uuid }
  if (message.kind === 'urna-trustees') {
    const { position: _, ...checked } = await checkTrustees(group, { source, message, keyFile, folder })
    return { ...checked, election, changed: true }
  }
  return { ...(await continueCeremony(group, { ...input, message })), election, electionKey: null }
}
