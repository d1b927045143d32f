import type { Election } from '../election/find-election.ts'
import { columnKey } from '../register/column-names.ts'
import { type CsvRow, readCsv } from '../register/csv-reader.ts'
import { fileSource } from '../register/csv-source.ts'
import type { Group } from '../sealing/group.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import type { BallotRefusalCode } from '../voting/ballot-refusal.ts'
import { publicHalf } from '../voting/public-half.ts'
import { TokenMalformed } from '../voting/refusals.ts'
import { readStandings } from '../voting/standing.ts'
import { tokenOfText } from '../voting/token-text.ts'
import { originOfLink } from '../voting/vote-link.ts'
import { TokenListInvalid } from './refusals.ts'
import { type MailedRight, rightKey } from './rights.ts'

/** A token whose holder may vote with it. It is in memory and in the file that it came from. */
export interface HeldToken extends MailedRight {
  readonly token: string
  readonly tokenId: number
}

/** Why nothing is sent to somebody of the file: `voted`, or why a ballot with the token would be refused. */
export type LeftOutReason = BallotRefusalCode | 'voted'

export interface TokenList {
  readonly held: readonly HeldToken[]
  readonly leftOut: { reason: LeftOutReason; count: number; firstLine: number }[]
  /** Of the links in the file; undefined where it has none. */
  readonly origin: string | undefined
}

interface Line {
  readonly line: number
  readonly token: string
  readonly credential: string
}

export interface TokenLines {
  readonly file: string
  readonly lines: readonly Line[]
  readonly origin: string | undefined
}

/**
 * The tokens of a file, and their public halves in the election.
 * @throws CsvUnreadable, TokenListInvalid; neither has a token in it
 */
export async function readTokenLines(
  group: Group,
  { path, uuid }: { path: string; uuid: string },
): Promise<TokenLines> {
  const source = fileSource(path)
  const table = await readCsv(source, () => {})
  const header = table.header.cells.map(columnKey)
  const [tokenAt, linkAt] = [header.indexOf('token'), header.indexOf('link')]
  if (tokenAt < 0)
    throw new TokenListInvalid({ file: source.name, line: table.header.line }, 'no column is called token')
  const lines: Line[] = []
  const origins = new Set<string>()
  for await (const row of table.rows) {
    if (!('cells' in row))
      throw new TokenListInvalid({ file: source.name, line: row.line }, 'its cells can not be told apart')
    const token = tokenOf(row, tokenAt, source.name)
    const link = linkAt < 0 ? '' : (row.cells[linkAt] ?? '').trim()
    if (link !== '') origins.add(originOfLink(link) ?? '')
    lines.push({ line: row.line, token, credential: publicHalf(group, { uuid, token }) })
  }
  if (lines.length === 0) throw new TokenListInvalid({ file: source.name }, 'there is no token in it')
  const [origin] = origins
  if (origins.size > 1 || origin === '') {
    throw new TokenListInvalid({ file: source.name }, 'its links do not lead to one ballot page')
  }
  return { file: source.name, lines, origin }
}

/** Few enough for the parameters of one statement. */
const batchSize = 500

/**
 * Which of them are good now, each right once for each who may cast it.
 * @throws TokenListInvalid if none of them is of this election
 */
export async function judgeTokens(
  tx: ReadTransaction,
  election: Election,
  { file, lines, origin }: TokenLines,
): Promise<TokenList> {
  const held = new Map<string, HeldToken>()
  const leftOut = new Map<LeftOutReason, { count: number; firstLine: number }>()
  const leaveOut = (reason: LeftOutReason, { line }: Line) => {
    const { count, firstLine } = leftOut.get(reason) ?? { count: 0, firstLine: line }
    leftOut.set(reason, { count: count + 1, firstLine })
  }
  const marked = await readMarked(tx, election)
  for (let from = 0; from < lines.length; from += batchSize) {
    const batch = lines.slice(from, from + batchSize)
    const claims = batch.map(({ credential }) => ({ credential, trackingCode: 'none yet' }))
    // Who is to be in the room is written to before.
    const standings = await readStandings(tx, election, claims, { presence: 'not-asked' })
    for (const [index, line] of batch.entries()) {
      const standing = standings.of(claims[index]!)
      if (standing.kind === 'refused') {
        leaveOut(standing.refusal.code === 'recast-not-allowed' ? 'voted' : standing.refusal.code, line)
      } else if (standing.kind === 'entitled') {
        const { voterId, tokenId, recast, acting } = standing.right
        const right = { voterId, proxyId: acting?.proxyId ?? null }
        if (recast || marked.has(voterId)) leaveOut('voted', line)
        else held.set(rightKey(right), { ...right, token: line.token, tokenId })
      }
    }
  }
  if (leftOut.get('unknown-credential')?.count === lines.length) {
    throw new TokenListInvalid({ file }, `none of its tokens is of ${election.slug}`)
  }
  const reasons = [...leftOut].map(([reason, { count, firstLine }]) => ({ reason, count, firstLine }))
  return { held: [...held.values()], leftOut: reasons, origin }
}

/** Also who voted on paper. */
async function readMarked(tx: ReadTransaction, election: Election): Promise<Set<number>> {
  const rows = await tx.db
    .selectFrom('mark')
    .select('voter_id')
    .where('election_id', '=', election.id)
    .execute()
  return new Set(rows.map(({ voter_id }) => voter_id))
}

function tokenOf({ cells, line }: CsvRow, column: number, file: string): string {
  try {
    return tokenOfText(cells[column] ?? '')
  } catch (error) {
    if (error instanceof TokenMalformed)
      throw new TokenListInvalid({ file, line }, 'there is no whole token in it')
    throw error
  }
}
