import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseCanonical } from '../../src/sealing/canonical-json.ts'
import { ceremonyKeys } from '../../src/sealing/ceremony-keys.ts'
import { certificateFormat } from '../../src/sealing/certificate.ts'
import { proofFormat } from '../../src/sealing/proof.ts'
import { signText } from '../../src/sealing/signed-message.ts'
import { continueWork } from '../../src/tally/ceremony/continue-work.ts'
import { declareGroup } from '../../src/tally/ceremony/declare-group.ts'
import {
  answerStatement,
  type CeremonyAnswer,
  readOfficerMessage,
} from '../../src/tally/ceremony/messages.ts'
import { writeOfficerMessage } from '../../src/tally/ceremony/officer-message.ts'
import { readPrivateDocument } from '../../src/tally/key-file.ts'
import { readTrusteeFiles, receiveFile } from '../../src/tally/receive-files.ts'
import { type Draft, draftElection, group } from '../voting/fixtures.ts'

/** A draft whose trustees each have a folder of their own. */
export interface CeremonyStage extends Draft {
  names: readonly string[]
  /** The file that the officer sends now. */
  message(): Promise<string>
  /** What a trustee does with a file. */
  go(name: string, file: string): ReturnType<typeof continueWork>
  receive(...files: string[]): Promise<Awaited<ReturnType<typeof receiveFile>>[]>
  /** A whole round in which everybody keeps to the rules. @returns what was sent, by name */
  round(): Promise<Map<string, string>>
  home(name: string): string
}

export async function ceremonyStage(
  options: { threshold: number; names: readonly string[] },
  draft?: Draft,
): Promise<CeremonyStage> {
  const urna = draft ?? (await draftElection())
  const { work, slug, folder } = urna
  const { names } = options
  await declareGroup({ work, group }, { ...options, slug, begun: 'keep' })
  const home = (name: string) => join(folder, name)
  for (const name of names) mkdirSync(home(name), { recursive: true })
  const stage: CeremonyStage = {
    ...urna,
    ...{ names, home },
    message: async () => (await writeOfficerMessage({ work, group }, { slug, folder })).file,
    go: (name, file) =>
      continueWork(group, {
        ...{ source: file, keyFile: undefined, name: undefined, folder: home(name) },
        chooseName: async () => name,
      }),
    async receive(...files) {
      const received = []
      for (const each of await readTrusteeFiles(files)) {
        received.push(await receiveFile({ work, group }, { slug, ...each }))
      }
      return received
    },
    async round() {
      const message = await stage.message()
      const sent = new Map<string, string>()
      for (const name of names) sent.set(name, (await stage.go(name, message)).file)
      await stage.receive(...sent.values())
      return sent
    },
  }
  return stage
}

/** Changes what a trustee sends in the ceremony; the trustee signs it all the same. */
export async function liedAnswer(
  stage: CeremonyStage,
  file: string,
  change: (answer: CeremonyAnswer) => Promise<void> | void,
): Promise<string> {
  const answer = JSON.parse(readFileSync(file, 'utf8')) as CeremonyAnswer
  await change(answer)
  const keyFile = file.replace(/\.(certificate|shares|public-key)\.json$/, '.private.json')
  const { ceremony } = await readPrivateDocument(group, keyFile)
  const keys = ceremonyKeys(group, ceremony?.seed ?? '')
  answer.signature = proofFormat.write(signText(group, keys.signing, answerStatement(group, answer)))
  const lie = join(stage.folder, `lie-${answer.asked}-${answer.place}.json`)
  writeFileSync(lie, JSON.stringify(answer))
  return lie
}

/** The certificates that were received, as trustees see them. */
export async function certificates(stage: CeremonyStage) {
  const message = await readOfficerMessage(await stage.message())
  const texts = message.kind === 'urna-ceremony-round' ? (message.certificates ?? []) : []
  return texts.map((text) => {
    const reading = parseCanonical(certificateFormat(group), text)
    if (!reading.ok) throw new Error(reading.malformation.code)
    return reading.value
  })
}

/** Of a trustee, from the key file. */
export async function keysOf(stage: CeremonyStage, name: string) {
  const file = readdirSync(stage.home(name)).find((each) => each.endsWith('.private.json'))!
  const { ceremony } = await readPrivateDocument(group, join(stage.home(name), file))
  return ceremonyKeys(group, ceremony!.seed)
}
