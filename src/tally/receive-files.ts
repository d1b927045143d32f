import { readTextInput } from '../interchange/read-input.ts'
import { jsonOf } from '../json-of.ts'
import type { Group } from '../sealing/group.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { type CeremonyAnswer, type RehearsalAnswer, trusteeAnswerOf } from './ceremony/messages.ts'
import { type ReceivedAnswer, receiveCeremonyAnswer, receiveRehearsal } from './ceremony/receive-answer.ts'
import { type Contribution, contributionOf, notOurs } from './contribution.ts'
import { type ReceivedContribution, receiveContribution } from './receive-contribution.ts'
import { ContributionInvalid } from './refusals.ts'

/** What a trustee sent, at any step. */
export interface TrusteeFile {
  readonly file: string
  readonly content: Contribution | CeremonyAnswer | RehearsalAnswer
}

export interface ReceivedFile {
  file: string
  election: string
  kind: ReceivedAnswer['kind'] | ReceivedContribution['kind']
  trustee: ReceivedAnswer['trustee']
  changed: boolean
  enough: boolean
  /** Who has yet to do this step, before the opening, by name; null afterwards. */
  awaited: string[] | null
}

const kinds = [
  ...(['certificate', 'shares', 'public_key'] as const),
  ...(['urna-rehearsal', 'shuffle', 'decryption'] as const),
]

/**
 * The files in the order in which they can be received: whatever order they were named in, a trustee's shuffle comes
 * after the one before it, and a round of the ceremony after the one before it.
 *
 * @throws InputUnreadable, ContributionInvalid
 */
export async function readTrusteeFiles(files: readonly string[]): Promise<TrusteeFile[]> {
  const read = await Promise.all(
    files.map(async (file) => {
      const json = jsonOf(await readTextInput(file))
      const content = contributionOf(json) ?? trusteeAnswerOf(json)
      if (content === undefined) throw new ContributionInvalid({ file, reason: notOurs })
      return { file, content }
    }),
  )
  return read.sort((a, b) => rank(a.content) - rank(b.content))
}

function rank(content: TrusteeFile['content']): number {
  const kind = content.kind === 'urna-ceremony-answer' ? content.asked : content.kind
  return kinds.indexOf(kind) * 1_000_000 + ('trustee' in content ? content.trustee : 0)
}

/** Verifies what a trustee sent, and keeps it or puts it on the board. */
export async function receiveFile(
  deps: { work: UnitOfWork; group: Group },
  input: {
    slug: string | undefined
    file: string
    content: TrusteeFile['content']
    progress?: (done: number, total: number) => void
  },
): Promise<ReceivedFile> {
  const { content, ...where } = input
  switch (content.kind) {
    case 'urna-ceremony-answer':
      return { ...(await receiveCeremonyAnswer(deps, { ...where, answer: content })), enough: false }
    case 'urna-rehearsal':
      return { ...(await receiveRehearsal(deps, { ...where, answer: content })), enough: false }
    case 'shuffle':
    case 'decryption':
      return { ...(await receiveContribution(deps, { ...where, contribution: content })), awaited: null }
  }
}
