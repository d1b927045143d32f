import { join } from 'node:path'
import { assertNever } from '../../errors.ts'
import { replacePrivateFile, writeNewFile, writeOutputFile } from '../../report/output-file.ts'
import { parseCanonical } from '../../sealing/canonical-json.ts'
import {
  type CeremonyKeys,
  ceremonyKeys,
  generateSeed,
  wipeCeremonyKeys,
} from '../../sealing/ceremony-keys.ts'
import { certificateFormat, makeCertificate } from '../../sealing/certificate.ts'
import { hexOf } from '../../sealing/encoding.ts'
import type { Group } from '../../sealing/group.ts'
import { makePolynomial, polynomialFormat } from '../../sealing/polynomial.ts'
import { proofFormat } from '../../sealing/proof.ts'
import { makeShareOutput, receiveShare, shareInputFormat, shareOutputFormat } from '../../sealing/share.ts'
import { signText } from '../../sealing/signed-message.ts'
import { fileNameOf } from '../generate-trustee.ts'
import { type PrivateDocument, privateDocumentText } from '../key-file.ts'
import { answerStatement, type CeremonyAnswer, type CeremonyRoundMessage } from './messages.ts'
import { findOwnKey } from './own-key.ts'
import { CeremonyRefused } from './refusals.ts'
import {
  askAgain,
  type CeremonyInput,
  certificatesIn,
  type Own,
  refused,
  requireSameGroup,
  shareRefused,
} from './round-checks.ts'

export interface CeremonyStep {
  readonly did: CeremonyAnswer['asked']
  readonly trustee: string
  readonly keyFile: string
  /** To be sent to the officer. */
  readonly file: string
  /** Of the certificates, to compare with the other trustees; null in the first round. */
  readonly certificates: string | null
  /** False if it was made before, and is only written again. */
  readonly changed: boolean
}

/**
 * A trustee's part in one round of the key ceremony, on the trustee's own machine. What was made is in the key file
 * before it is in the answer, so that a command that was interrupted answers the same when it is run again.
 *
 * @throws CeremonyRefused naming who is at fault, TrusteeKeyInvalid, OutputExists, OutputUnwritable
 */
export async function continueCeremony(group: Group, input: CeremonyInput): Promise<CeremonyStep> {
  const { message, keyFile, folder } = input
  const found = await findOwnKey(
    group,
    { keyFile, folder },
    ({ name, ceremony }) =>
      ceremony?.id === message.ceremony && (input.name === undefined || input.name === name),
  )
  if (message.round === 1 && found === undefined && keyFile === undefined) return begin(group, input)
  if (found?.document.ceremony === undefined) {
    throw new CeremonyRefused({
      file: input.source,
      reason: 'there is no key of this ceremony here',
      hint: 'Name yours with --key NAME.private.json. It is the file that your first urna trustee continue wrote.',
    })
  }
  requireSameGroup(input, found.document.ceremony)
  const keys = ceremonyKeys(group, found.document.ceremony.seed)
  try {
    switch (message.round) {
      case 1:
        return await answer(found, { asked: 'certificate', certificates: null, changed: false })
      case 2:
        return await shareSecret(group, input, { found, keys })
      case 3:
        return await takeShare(group, input, { found, keys })
      default:
        return assertNever(message.round)
    }
  } finally {
    wipeCeremonyKeys(group, keys)
  }
}

async function begin(group: Group, input: CeremonyInput): Promise<CeremonyStep> {
  const { message, folder } = input
  const { trustees, threshold, ceremony } = message
  const name = input.name ?? (await input.chooseName(trustees))
  const place = trustees.indexOf(name) + 1
  if (place === 0) {
    throw new CeremonyRefused({
      ...{ file: input.source, reason: `${name} is not among its trustees: ${trustees.join(', ')}` },
      hint: 'Say which of them you are with --name, or ask the election officer.',
    })
  }
  const file = join(folder, `${fileNameOf(name)}.${ceremony}.private.json`)
  const seed = generateSeed(group)
  const keys = ceremonyKeys(group, seed)
  const certificate = makeCertificate(group, {
    keys,
    place: { size: trustees.length, threshold, index: place },
  })
  const payload = certificateFormat(group).write(certificate)
  const text = answerText(group, keys, {
    ...aboutOf(message, { name, place }),
    asked: 'certificate',
    payload,
  })
  wipeCeremonyKeys(group, keys)
  const own = { id: ceremony, threshold, trustees, place, seed, answers: { certificate: text } }
  const document = { name, ceremony: own }
  await writeNewFile(file, privateDocumentText(group, document), 0o600)
  return answer({ file, document }, { asked: 'certificate', certificates: null, changed: true })
}

async function shareSecret(group: Group, input: CeremonyInput, { found, keys }: Own): Promise<CeremonyStep> {
  const { certs, fingerprint } = certificatesIn(group, input, { found, keys })
  const own = found.document.ceremony!
  if (own.answers.shares !== undefined) {
    return answer(found, { asked: 'shares', certificates: fingerprint, changed: false })
  }
  const payload = polynomialFormat(group).write(await makePolynomial(group, { keys, certs }))
  const about = aboutOf(input.message, { name: found.document.name, place: own.place })
  const shares = answerText(group, keys, { ...about, asked: 'shares', payload })
  const document = {
    ...found.document,
    ceremony: { ...own, certificates: fingerprint, answers: { ...own.answers, shares } },
  }
  await replacePrivateFile(found.file, privateDocumentText(group, document))
  return answer({ ...found, document }, { asked: 'shares', certificates: fingerprint, changed: true })
}

async function takeShare(group: Group, input: CeremonyInput, { found, keys }: Own): Promise<CeremonyStep> {
  const { certs, fingerprint } = certificatesIn(group, input, { found, keys })
  const own = found.document.ceremony!
  if (own.answers.shares === undefined) {
    throw refused(input, 'you did not take part in its second round', 'Ask the officer for round 2.')
  }
  if (own.answers.public_key !== undefined) {
    return answer(found, { asked: 'public_key', certificates: fingerprint, changed: false })
  }
  const inputText = input.message.inputs?.[own.place - 1]
  const read = parseCanonical(shareInputFormat(group), inputText ?? '')
  if (!read.ok) throw refused(input, 'what is for you in it is malformed', askAgain)
  const received = await receiveShare(group, { keys, certs, input: read.value })
  if ('refused' in received) throw shareRefused(input, received)
  const { share } = received
  try {
    const payload = shareOutputFormat(group).write(await makeShareOutput(group, { keys, share }))
    const about = aboutOf(input.message, { name: found.document.name, place: own.place })
    const public_key = answerText(group, keys, { ...about, asked: 'public_key', payload })
    const document = {
      ...found.document,
      secretKey: hexOf(share),
      ceremony: { ...own, answers: { ...own.answers, public_key } },
    }
    await replacePrivateFile(found.file, privateDocumentText(group, document))
    return await answer(
      { ...found, document },
      { asked: 'public_key', certificates: fingerprint, changed: true },
    )
  } finally {
    group.wipe(share)
  }
}

function aboutOf({ election, ceremony }: CeremonyRoundMessage, who: { name: string; place: number }) {
  return { election: election.uuid, ceremony, ...who }
}

function answerText(
  group: Group,
  keys: CeremonyKeys,
  unsigned: Omit<CeremonyAnswer, 'kind' | 'signature'>,
): string {
  const { election, ceremony, asked, place, name, payload } = unsigned
  const signature = proofFormat.write(signText(group, keys.signing, answerStatement(group, unsigned)))
  const answered: CeremonyAnswer = {
    ...{ kind: 'urna-ceremony-answer', election, ceremony, asked, place, name, payload, signature },
  }
  return `${JSON.stringify(answered)}\n`
}

async function answer(
  { file: keyFile, document }: { file: string; document: PrivateDocument },
  step: { asked: CeremonyAnswer['asked']; certificates: string | null; changed: boolean },
): Promise<CeremonyStep> {
  const { asked, certificates, changed } = step
  const text = document.ceremony!.answers[asked]!
  const file = keyFile.replace(/(\.private)?\.json$/, `.${asked.replace('_', '-')}.json`)
  await writeOutputFile(file, async (sink) => sink(new TextEncoder().encode(text)), { existing: 'replace' })
  return { did: asked, trustee: document.name, keyFile, file, certificates, changed }
}
