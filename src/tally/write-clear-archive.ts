import type { Election } from '../election/find-election.ts'
import { storedCounts, tabulationIn } from '../election/stored-counts.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import { type ClearArchive, clearArchiveFormat } from './clear-archive.ts'
import { readEnteredResult } from './entered-result.ts'
import { ArchiveBeforeClose } from './refusals.ts'
import { readStoredBoard } from './stored-board.ts'
import { readAnonymousBox } from './stored-box.ts'
import type { WriteInDecision } from './written-names.ts'

/**
 * The public archive of an election whose ballots are not sealed. Before the close it would be a partial result.
 * @throws ArchiveBeforeClose
 */
export async function clearArchiveText(tx: ReadTransaction, election: Election): Promise<string> {
  const { slug, status } = election
  if (!['closed', 'tallied', 'certified', 'archived'].includes(status)) throw new ArchiveBeforeClose(slug)
  const { election: text, credentials } = await readStoredBoard(tx, election)
  const { decisions, result } = await decidedIn(tx, election)
  const archive: ClearArchive = {
    ...{ format: clearArchiveFormat, version: 1, election: text, credentials },
    box: await readBox(tx, election),
    ...{ decisions, result },
  }
  return `${JSON.stringify(archive, null, 1)}\n`
}

async function readBox(tx: ReadTransaction, election: Election): Promise<ClearArchive['box']> {
  const entered = await readEnteredResult(tx, election)
  if (entered !== undefined) return { kind: 'entered', result: entered }
  const anonymous = await readAnonymousBox(tx, election)
  if (anonymous !== undefined) {
    return { kind: 'anonymous', ballots: await readListed(tx, election), ...anonymous }
  }
  const rows = await tx.db
    .selectFrom('ballot')
    .innerJoin('board_record', (join) =>
      join
        .onRef('board_record.election_id', '=', 'ballot.election_id')
        .onRef('board_record.position', '=', 'ballot.board_position'),
    )
    .select(['board_record.body', 'ballot.voter_id'])
    .where('ballot.election_id', '=', election.id)
    .orderBy('ballot.board_position')
    .execute()
  const proxies = proxyCredentials(rows)
  return { kind: 'signed', ballots: rows.map(({ body }) => body), ...(proxies.length > 0 && { proxies }) }
}

/**
 * Where a right was exercised with several credentials, the voter's own and that of another member: each but the first,
 * with the first. From the ballots alone, so that it stays as it is when the voters are forgotten.
 */
function proxyCredentials(rows: readonly { body: string; voter_id: number | null }[]) {
  const first = new Map<number, string>()
  const others = new Map<string, string>()
  for (const { body, voter_id } of rows) {
    const { credential } = JSON.parse(body) as { credential: string }
    const represents = first.get(voter_id!)
    if (represents === undefined) first.set(voter_id!, credential)
    else if (represents !== credential) others.set(credential, represents)
  }
  return [...others]
    .map(([credential, represents]) => ({ credential, represents }))
    .sort((a, b) => (a.credential < b.credential ? -1 : 1))
}

async function readListed(tx: ReadTransaction, election: Election) {
  const rows = await tx.db
    .selectFrom('ballot')
    .select(['tracking_code', 'effective'])
    .where('election_id', '=', election.id)
    .orderBy('id')
    .execute()
  return rows.map(({ tracking_code, effective }) => ({
    trackingCode: tracking_code,
    counts: effective === 1,
  }))
}

async function decidedIn(
  tx: ReadTransaction,
  election: Election,
): Promise<Pick<ClearArchive, 'decisions' | 'result'>> {
  const stored = await storedCounts(tx, election)
  const counts = stored.map((count) => ({ title: count.title, ...tabulationIn(count) }))
  const lots = counts.flatMap(({ ties }) =>
    ties.flatMap(({ decisions }) => decisions.flatMap((each) => (each.by === 'lot' ? [each.seed] : []))),
  )
  const writeIns = new Map<string, WriteInDecision>()
  for (const count of counts) {
    for (const { spelling, to } of count.writeIns?.decisions ?? []) writeIns.set(spelling, { spelling, to })
  }
  return {
    decisions: { seed: lots[0] ?? null, writeIns: [...writeIns.values()] },
    result:
      counts.length === 0
        ? null
        : counts.map(({ title, outcome, winners, options }) => ({
            ...{ title, outcome: outcome.kind },
            winners: winners.map(({ option }) => options[option]!),
          })),
  }
}
