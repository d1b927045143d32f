import { replacePrivateFile, writeOutputFile } from '../../report/output-file.ts'
import { parseCanonical } from '../../sealing/canonical-json.ts'
import { certificateFormat } from '../../sealing/certificate.ts'
import { elementToHex } from '../../sealing/encoding.ts'
import type { Group } from '../../sealing/group.ts'
import { polynomialFormat } from '../../sealing/polynomial.ts'
import { rehearsalFormat, rehearseDecryption } from '../../sealing/rehearsal.ts'
import type { ThresholdParameters } from '../../sealing/threshold.ts'
import {
  electionPublicKey,
  findWrongTrustee,
  parseTrustees,
  type Trustees,
  trusteeKeys,
} from '../../sealing/trustee.ts'
import { type OwnCeremony, privateDocumentText, publicKeyOf, secretOfHex } from '../key-file.ts'
import { certificatesFingerprint, type RehearsalAnswer, type TrusteeListMessage } from './messages.ts'
import { findOwnKey } from './own-key.ts'
import { CeremonyRefused } from './refusals.ts'

export interface CheckedTrustees {
  readonly did: 'checked'
  readonly trustee: string
  readonly keyFile: string
  /** To be sent to the officer. */
  readonly file: string
  /** Of the certificates of the group, to compare with the other trustees; null without a group. */
  readonly certificates: string | null
  /** Of the election, 64 hexadecimal digits: under it ballots are sealed. */
  readonly electionKey: string
  /** The owner number, from 1. */
  readonly position: number
}

/**
 * A trustee's last look before the opening: every key is proven, ours is among them and works. What was kept for the
 * ceremony is forgotten; the key stays.
 *
 * @throws CeremonyRefused, TrusteeKeyInvalid
 */
export async function checkTrustees(
  group: Group,
  input: {
    source: string
    message: TrusteeListMessage
    keyFile: string | undefined
    folder: string
  },
): Promise<CheckedTrustees> {
  const { source, message } = input
  const refuse = (reason: string, hint = doNotGoOn) => new CeremonyRefused({ file: source, reason, hint })
  const trustees = parseTrustees(group, message.trustees)
  if ('refused' in trustees) throw refuse(`its list of trustees is ${trustees.refused.code}`)
  const wrong = findWrongTrustee(group, trustees)
  if (wrong !== undefined) throw refuse(`the list of trustees does not hold, at ${wrong}`)
  const keys = trusteeKeys(trustees).map(elementToHex)
  const found = await findOwnKey(
    group,
    input,
    ({ secretKey }) => secretKey !== undefined && keys.includes(publicKeyOf(group, secretKey)),
  )
  if (found?.document.secretKey === undefined) {
    throw refuse(
      'none of its keys is yours',
      'Name your key with --key NAME.private.json. If it is the right one, ask the election officer why it is not in the list.',
    )
  }
  const { name, secretKey, ceremony } = found.document
  const parameters = thresholdGroupOf(trustees)
  if (ceremony !== undefined) requireOwnCeremony(group, { ceremony, parameters, refuse })
  const secret = secretOfHex(group, secretKey)
  const publicKey = publicKeyOf(group, secretKey)
  const uuid = message.election.uuid
  const payload = rehearsalFormat(group).write(rehearseDecryption(group, { uuid, secret }))
  group.wipe(secret)
  const answer: RehearsalAnswer = { kind: 'urna-rehearsal', election: uuid, name, publicKey, payload }
  const file = found.file.replace(/(\.private)?\.json$/, `.${uuid}.rehearsal.json`)
  const text = `${JSON.stringify(answer)}\n`
  await writeOutputFile(file, async (sink) => sink(new TextEncoder().encode(text)), { existing: 'replace' })
  if (ceremony !== undefined)
    await replacePrivateFile(found.file, privateDocumentText(group, { name, secretKey }))
  return {
    ...{ did: 'checked', trustee: name, keyFile: found.file, file },
    certificates: parameters === undefined ? null : fingerprintOf(group, parameters),
    electionKey: elementToHex(electionPublicKey(group, trustees)),
    position: keys.indexOf(publicKey) + 1,
  }
}

const doNotGoOn = 'Tell the other trustees, and ask the election officer how that came.'

function thresholdGroupOf(trustees: Trustees): ThresholdParameters | undefined {
  const item = trustees.find(([kind]) => kind === 'Pedersen')
  return item?.[0] === 'Pedersen' ? item[1] : undefined
}

function fingerprintOf(group: Group, { certs }: ThresholdParameters): string {
  return certificatesFingerprint(
    group,
    certs.map((cert) => certificateFormat(group).write(cert)),
  )
}

/** The group is the one that we took part in, and what we committed to stands in it. */
function requireOwnCeremony(
  group: Group,
  options: {
    ceremony: OwnCeremony
    parameters: ThresholdParameters | undefined
    refuse: (reason: string) => CeremonyRefused
  },
): void {
  const { ceremony, parameters, refuse } = options
  if (parameters === undefined || fingerprintOf(group, parameters) !== ceremony.certificates) {
    throw refuse('its group is not the one whose ceremony you took part in')
  }
  if (parameters.threshold !== ceremony.threshold) {
    throw refuse(`its threshold is ${parameters.threshold}, and you joined for ${ceremony.threshold}`)
  }
  const said = parseCanonical(polynomialFormat(group), payloadOf(ceremony.answers.shares ?? ''))
  const listed = parameters.coefexps[ceremony.place - 1]
  if (!said.ok || said.value.coefexps.message !== listed?.message) {
    throw refuse('what it says that you committed to is not what you sent')
  }
}

function payloadOf(answer: string): string {
  const { payload } = JSON.parse(answer) as { payload: string }
  return payload
}
