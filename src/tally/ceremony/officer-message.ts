import { join } from 'node:path'
import { type Election, findElection } from '../../election/find-election.ts'
import { ceremonyState, readTrusteeGroup, type TrusteeGroup } from '../../election/trustee-group.ts'
import { protocolTrustees, readTrustees, type Trustee } from '../../election/trustees.ts'
import { writeOutputFile } from '../../report/output-file.ts'
import type { Group } from '../../sealing/group.ts'
import { shareInputFormat, shareInputs } from '../../sealing/share.ts'
import { serializeTrustees } from '../../sealing/trustee.ts'
import type { ReadTransaction, UnitOfWork } from '../../store/unit-of-work.ts'
import { NoPeople } from '../refusals.ts'
import {
  type ShuffleSignatures,
  shuffleSignaturesName,
  storedShuffleSignatures,
} from '../shuffle-signatures.ts'
import { namesOf, requireDraftForTrustees } from './declare-group.ts'
import { type CeremonyRoundMessage, certificatesFingerprint, type TrusteeListMessage } from './messages.ts'
import { storedPolynomials } from './stored-messages.ts'

export interface OfficerMessage {
  election: string
  file: string
  /** A round of the ceremony, the list of all keys, or who signed the shuffles of the closed box. */
  holds: 'round' | 'trustees' | 'shuffles'
  /** Of the ceremony, from 1; null where it is none. */
  round: 1 | 2 | 3 | null
  /** Who is to answer, by name. */
  awaited: string[]
  /** Of the certificates, for the telephone; null where there are none yet, or no group. */
  certificates: string | null
}

/**
 * Writes what the trustees need now: the next round of the ceremony; then the list of all keys to check and rehearse
 * with; and after the close who signed the shuffles, for those who did not shuffle. Asked again, it writes the same.
 *
 * @param input.folder where to write.
 * @throws WrongState, NoPeople, OutputUnwritable
 */
export async function writeOfficerMessage(
  { work, group }: { work: UnitOfWork; group: Group },
  input: { slug: string | undefined; folder: string },
): Promise<OfficerMessage> {
  const { name, message, ...told } = await work.read(async (tx) =>
    officerMessage(tx, group, await findElection(tx, input.slug)),
  )
  const text = officerMessageText(message)
  const file = join(input.folder, name)
  await writeOutputFile(file, async (sink) => sink(new TextEncoder().encode(text)), { existing: 'replace' })
  return { ...told, file }
}

export type PreparedMessage = Omit<OfficerMessage, 'file'> & {
  /** Of the file. */
  name: string
  message: CeremonyRoundMessage | TrusteeListMessage | ShuffleSignatures
}

/** As it is in its file. */
export function officerMessageText(message: PreparedMessage['message']): string {
  return `${JSON.stringify(message)}\n`
}

/** What the trustees need now. @throws WrongState, NoPeople */
export async function officerMessage(
  tx: ReadTransaction,
  group: Group,
  election: Election,
): Promise<PreparedMessage> {
  if (election.status === 'closed') return signaturesOf(tx, election)
  requireDraftForTrustees(election, 'prepare its trustees')
  return messageOf(tx, group, election)
}

async function signaturesOf(tx: ReadTransaction, election: Election): Promise<PreparedMessage> {
  return {
    ...{ election: election.slug, holds: 'shuffles', round: null, awaited: [], certificates: null },
    name: shuffleSignaturesName(election.uuid),
    message: await storedShuffleSignatures(tx, election),
  }
}

async function messageOf(tx: ReadTransaction, group: Group, election: Election): Promise<PreparedMessage> {
  const declared = await readTrusteeGroup(tx, election.id)
  const state = declared && ceremonyState(declared)
  const about = { uuid: election.uuid, title: election.title }
  const certificates = declared === undefined ? [] : certificatesOf(declared)
  const fingerprint =
    declared !== undefined && certificates.length === declared.members.length
      ? certificatesFingerprint(group, certificates)
      : null
  if (declared === undefined || state === undefined) {
    const trustees = await readTrustees(tx, election.id)
    const people = trustees.filter(({ kind }) => kind === 'person')
    if (people.length === 0) throw new NoPeople(election.slug)
    return {
      ...{ election: election.slug, holds: 'trustees', round: null, certificates: fingerprint },
      awaited: people.filter(({ rehearsed_at }) => rehearsed_at === null).map(({ name }) => name),
      name: `${election.uuid}.trustees.json`,
      message: {
        kind: 'urna-trustees',
        election: about,
        trustees: trusteesText(group, trustees, declared),
        names: trustees.map(({ name }) => name),
      },
    }
  }
  const { round, awaited } = state
  return {
    ...{ election: election.slug, holds: 'round', round, awaited: [...awaited] },
    certificates: fingerprint,
    name: `${declared.ceremony}.round-${round}.json`,
    message: {
      kind: 'urna-ceremony-round',
      ...{ election: about, ceremony: declared.ceremony, round, threshold: declared.threshold },
      trustees: namesOf(declared),
      ...(round > 1 && { certificates }),
      ...(round === 3 && { inputs: inputsOf(group, declared) }),
    },
  }
}

function trusteesText(group: Group, trustees: readonly Trustee[], declared: TrusteeGroup | undefined) {
  return serializeTrustees(group, protocolTrustees(group, trustees, declared?.parameters ?? null))
}

function certificatesOf({ members }: TrusteeGroup): string[] {
  return members.flatMap(({ certificate }) => certificate ?? [])
}

function inputsOf(group: Group, declared: TrusteeGroup): string[] {
  const format = shareInputFormat(group)
  return shareInputs(storedPolynomials(group, declared)).map((input) => format.write(input))
}
