import { generateToken } from '../sealing/credential.ts'
import type { Group } from '../sealing/group.ts'
import type { WriteTransaction } from '../store/unit-of-work.ts'
import { publicHalf } from './public-half.ts'
import { type NewCredentials, saveCredentials } from './save-credentials.ts'
import type { TokenFamily } from './token-family.ts'
import type { TokenFile } from './token-file.ts'
import { type Addressee, lineOf, type Recipient } from './token-line.ts'

/** Who gets a token, as the file knows the voter whose right it is; the address is that of who casts the ballot. */
export type HereRecipient = Recipient<Addressee & { id: number }>

interface Making {
  group: Group
  family: TokenFamily
  file: TokenFile
  recipients: readonly HereRecipient[]
  /** To the ballot page of the election, with the token; undefined for a file without links. */
  link: ((token: string) => string) | undefined
  /** ISO 8601, UTC. */
  expiresAt: string | null
}

/** Makes a token for each: private halves go into the file, public ones into the database. */
export async function makeTokens(tx: WriteTransaction, making: Making): Promise<void> {
  const { group, family, file, recipients, link } = making
  const tokens = recipients.map((recipient) => ({ recipient, token: generateToken(group) }))
  const election = family.root.title
  file.append(
    tokens.map(({ recipient, token }) => ({
      ...lineOf(recipient),
      ...{ token, election },
      ...(link !== undefined && { link: link(token) }),
      ...('voter' in recipient && recipient.proxy !== undefined && { proxyFor: recipient.proxy }),
    })),
  )
  const saved = tokens.map(({ recipient, token }): NewCredentials => {
    const credentials = family.openUuids.map((uuid) => publicHalf(group, { uuid, token }))
    return 'voter' in recipient
      ? { voterId: recipient.voter.id, credentials, ...(recipient.proxy && { proxy: recipient.proxy }) }
      : { reserveNumber: recipient.reserveNumber, credentials }
  })
  await saveCredentials(tx, saved, making)
}
