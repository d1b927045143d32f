import type { Election } from '../election/find-election.ts'
import { organisationNameOf } from '../organisation/find-organisation.ts'
import type { Letter, LetterStyle } from '../report/letters-pdf.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import { type MailingDeps, type MailingInput, prepareMailing } from './prepare-mailing.ts'
import { type Recipient, readCustomFields } from './recipients.ts'
import { rightKey } from './rights.ts'
import type { TokenList } from './token-list.ts'
import { readUnreached, type UnreachedReason } from './unreached.ts'

export interface LettersInput extends Omit<MailingInput, 'channel' | 'kind' | 'name'> {
  /** The PDF; undefined for `ELECTION-letters.pdf`. */
  readonly out: string | undefined
  /** Only for those; undefined for everybody. */
  readonly only: readonly UnreachedReason[] | undefined
  /** Below the name, lines divided by `|`: `{street}|{postcode} {city}`; undefined for what the register seems to have. */
  readonly address: string | undefined
  readonly sender: string | undefined
  readonly envelope: LetterStyle['envelope']
  readonly duplex: boolean
}

export interface PreparedLetters {
  readonly election: Election
  readonly organisation: string
  readonly custom: readonly string[]
  readonly recipients: readonly Recipient[]
  readonly leftOut: TokenList['leftOut']
  compose(recipient: Recipient): Omit<Letter, 'address'>
}

/** A letter is a mail on paper: its text may have a second part, below a line with `---` alone. */
export async function prepareLetters(deps: MailingDeps, input: LettersInput): Promise<PreparedLetters> {
  const asMail: MailingInput = {
    ...input,
    channel: 'email',
    kind: 'tokens',
    name: 'letters',
    tokenBeside: true,
  }
  const prepared = await prepareMailing(deps, asMail)
  const { election, leftOut } = prepared
  return deps.work.read(async (tx) => {
    const chosen = await chosenVoters(tx, election, input)
    return {
      election,
      leftOut,
      organisation: await organisationNameOf(tx, election),
      custom: await readCustomFields(tx, election),
      recipients: prepared.recipients
        .map(({ recipient }) => recipient)
        .filter((recipient) => chosen?.has(rightKey(recipient)) ?? true),
      compose: (recipient) => {
        const { subject, text, token, link } = prepared.compose(recipient)
        const [front = '', back = ''] = text.split(/^---[ \t]*$/m)
        return { subject, front, back: back.trim(), token, link }
      },
    }
  })
}

async function chosenVoters(
  tx: ReadTransaction,
  election: Election,
  { only }: LettersInput,
): Promise<ReadonlySet<string> | undefined> {
  if (only === undefined) return undefined
  const unreached = await readUnreached(tx, election)
  return new Set(unreached.filter(({ reason }) => only.includes(reason)).map(rightKey))
}
