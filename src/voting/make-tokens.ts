import type { Insertable } from 'kysely'
import { generateToken } from '../sealing/credential.ts'
import type { Group } from '../sealing/group.ts'
import type { Database, WriteTransaction } from '../store/unit-of-work.ts'
import { publicHalf } from './public-half.ts'
import { reserveLabel } from './reserve.ts'
import type { TokenFamily } from './token-family.ts'
import type { TokenFile } from './token-file.ts'

type Holder = { id: number; number: string; name: string; email: string | null; phone: string | null }

/** Who gets a token: a voter, or nobody yet. */
export type Recipient = { voter: Holder } | { reserveNumber: number }

interface Making {
  group: Group
  family: TokenFamily
  file: TokenFile
  recipients: readonly Recipient[]
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
    })),
  )
  await savePublicHalves(tx, { ...making, tokens })
}

async function savePublicHalves(
  tx: WriteTransaction,
  {
    group,
    family,
    tokens,
    expiresAt,
  }: Making & { tokens: readonly { recipient: Recipient; token: string }[] },
): Promise<void> {
  const rows = await tx.db
    .insertInto('token')
    .values(
      tokens.map(({ recipient }) => ({
        election_id: family.root.id,
        ...('voter' in recipient
          ? { voter_id: recipient.voter.id, state: 'issued' as const, reserve_number: null }
          : { voter_id: null, state: 'reserve' as const, reserve_number: recipient.reserveNumber }),
        expires_at: expiresAt,
        issued_at: tx.now,
        revoked_at: null,
        revoked_reason: null,
      })),
    )
    .returning(['id', 'voter_id', 'reserve_number'])
    .execute()
  // The rows come back in any order.
  const ofVoter = new Map(rows.map((row) => [row.voter_id, row.id]))
  const ofReserve = new Map(rows.map((row) => [row.reserve_number, row.id]))
  const credentials = tokens.flatMap(({ recipient, token }): Insertable<Database['token_credential']>[] => {
    const id = 'voter' in recipient ? ofVoter.get(recipient.voter.id) : ofReserve.get(recipient.reserveNumber)
    return family.openUuids.map((uuid) => ({
      uuid,
      credential: publicHalf(group, { uuid, token }),
      token_id: id!,
    }))
  })
  await tx.db.insertInto('token_credential').values(credentials).execute()
}

function lineOf(recipient: Recipient) {
  if (!('voter' in recipient)) {
    return { number: reserveLabel(recipient.reserveNumber), name: '', email: '', phone: '' }
  }
  const { number, name, email, phone } = recipient.voter
  return { number, name, email: email ?? '', phone: phone ?? '' }
}
