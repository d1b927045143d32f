import type { AuditEvent } from '../audit/entry.ts'
import { type Election, findElection } from '../election/find-election.ts'
import {
  type BoardStep,
  endShuffles,
  partialDecryptionRecords,
  resultRecords,
  shuffleRecords,
} from '../sealing/board.ts'
import { combineDecryptions, type MissingOwners, type OwnedDecryption } from '../sealing/combination.ts'
import { parsePartialDecryption } from '../sealing/decryption.ts'
import type { Group, Scalar } from '../sealing/group.ts'
import { readResult, serializeResult } from '../sealing/result.ts'
import type { ReadTransaction, UnitOfWork } from '../store/unit-of-work.ts'
import { readPaperRecord } from '../voting/paper/read-paper.ts'
import { appendStep } from './append-step.ts'
import type { BoardState } from './board-state.ts'
import { decryptionOf, shuffleOf } from './make-contribution.ts'
import { type ClosedBoard, closedBoard, tallyToOpen } from './opened-board.ts'
import { BoardDamaged, BoxNotClosed, RecountTooLate, TallyWaits } from './refusals.ts'
import { type CountRequest, countOnce, decideWriteIns, drawLots } from './store-tabulation.ts'
import { readStoredBoard } from './stored-board.ts'
import { type Trustee, trusteesOf } from './trustees.ts'
import { unless } from './unless.ts'
import type { WriteInDecision } from './written-names.ts'

export interface TallyRequest {
  readonly slug: string | undefined
  /** Decides ties by a lot where the rules of a contest name one; published before, or drawn in public. */
  readonly seed: string | undefined
  /** What officers decide of names that voters wrote in. */
  readonly writeIns?: readonly WriteInDecision[]
  readonly progress?: (label: string, done: number, total: number) => void
}

export interface TallyDone {
  election: string
  /** False if there was nothing left to do. */
  changed: boolean
}

interface Deps {
  readonly work: UnitOfWork
  readonly group: Group
}

/**
 * Opens a closed box and counts it, as far as it goes: our own shuffle and decryption, then, when those of all
 * trustees are there, the result and the count. Each step is durable before the next begins, so a tally that
 * was interrupted goes on where it was.
 *
 * Papers are counted first: whoever counts them by hand must not know what would have to come out.
 *
 * @throws BoxNotClosed, PaperNotAgreed, TallyWaits naming the trustees whose turn it is
 */
export async function runTally(deps: Deps, request: TallyRequest): Promise<TallyDone> {
  const { work, group } = deps
  for (;;) {
    const situation = await work.read((tx) => situationOf(tx, group, request.slug))
    const { election, board } = situation
    if (election.status === 'cancelled' || board === undefined) throw new BoxNotClosed(election)
    if (election.status === 'closed') await work.read((tx) => readPaperRecord(tx, election))
    if (board === 'in the clear' || board.next.kind === 'count') {
      const { seed, writeIns = [] } = request
      return { election: election.slug, changed: await count(deps, { election, seed, writeIns }) }
    }
    await takeStep(deps, { ...situation, board }, request)
  }
}

async function count(deps: Deps, request: CountRequest): Promise<boolean> {
  const { election, seed, writeIns } = request
  if (election.status === 'closed') return countOnce(deps, request)
  if (election.status !== 'tallied') {
    if (writeIns.length > 0)
      throw new RecountTooLate({ election: election.slug, why: `is ${election.status}` })
    return false
  }
  const decided = writeIns.length > 0 && (await decideWriteIns(deps, request))
  const drawn = seed !== undefined && (await drawLots(deps, { ...request, seed })) > 0
  return decided || drawn
}

interface Situation {
  election: Election
  board: ClosedBoard
  trustees: readonly Trustee[]
}

async function situationOf(
  tx: ReadTransaction,
  group: Group,
  slug: string | undefined,
): Promise<Omit<Situation, 'board'> & { board: ClosedBoard | 'in the clear' | undefined }> {
  const election = await findElection(tx, slug)
  if (['draft', 'open', 'paused'].includes(election.status)) throw new BoxNotClosed(election)
  if (election.visibility !== 'secret') return { election, board: 'in the clear', trustees: [] }
  const board = closedBoard(group, await readStoredBoard(tx, election))
  return { election, board, trustees: await trusteesOf(tx, election) }
}

/** Does the next step, unless somebody else does it at the same time: then the next round sees it done. */
async function takeStep(
  { work, group }: Deps,
  situation: Situation,
  { progress }: TallyRequest,
): Promise<void> {
  const { election, board, trustees } = situation
  const { next, state } = board
  const server = trustees.find(({ kind }) => kind === 'server')
  const add = async (step: BoardStep, event: AuditEvent, options: { last: boolean } = { last: false }) => {
    await work.write('tally', async (tx) => {
      if (!(await appendStep(tx, election, { after: state.head, step }))) return
      if (options.last) {
        await tx.db
          .updateTable('trustee')
          .set({ secret: null })
          .where('election_id', '=', election.id)
          .execute()
      }
      await tx.record({
        ...event,
        election: election.slug,
        details: { ...event.details, head: step.head.hash },
      })
    })
  }
  switch (next.kind) {
    case 'shuffle': {
      if (server === undefined || !next.trustees.includes(server.position)) {
        throw waitFor(situation, 'shuffle', [{ owners: next.trustees, needed: 1 }])
      }
      const shuffle = await shuffleOf(group, board, (done, total) => progress?.('Shuffling', done, total))
      const { position, name } = server
      await add(shuffleRecords(group, state.head, { owner: position, shuffle }), {
        action: 'ballots-shuffled',
        details: { position, name },
      })
      return
    }
    case 'end-shuffles':
      await add(endShuffles(group, state.head), { action: 'shuffles-ended' })
      return
    case 'decrypt': {
      if (server === undefined || !next.missing.some(({ owners }) => owners.includes(server.position))) {
        throw waitFor(situation, 'decryption', next.missing)
      }
      const { position, name } = server
      const secret = await work.read((tx) => serverSecret(tx, election))
      const decryption = await decryptionOf(group, board, { secret })
      group.wipe(secret)
      await add(
        partialDecryptionRecords(group, state.head, { owner: position, partialDecryption: decryption }),
        {
          action: 'tally-decrypted',
          details: { position, name },
        },
      )
      return
    }
    case 'open-result': {
      const result = openResult(group, board)
      await add(resultRecords(group, state.head, result), { action: 'result-opened' }, { last: true })
      return
    }
    case 'count':
      return
  }
}

async function serverSecret(tx: ReadTransaction, election: Election): Promise<Scalar> {
  const row = await tx.db
    .selectFrom('trustee')
    .select('secret')
    .where('election_id', '=', election.id)
    .where('kind', '=', 'server')
    .executeTakeFirst()
  if (row?.secret == null) throw new BoardDamaged('the key share of this file is gone before the result')
  return Uint8Array.from(row.secret) as Scalar
}

function openResult(group: Group, board: ClosedBoard): string {
  const { state, election, trustees, size } = board
  const opened = combineDecryptions(group, {
    trustees,
    tally: tallyToOpen(group, board),
    decryptions: decryptionsOf(group, state),
  })
  if ('missing' in opened) throw new BoardDamaged('a decryption is missing')
  const { plaintexts } = opened
  const read = readResult(group, { election, plaintexts, totalWeight: size.total_weight })
  if ('unreadable' in read) throw new BoardDamaged(`what was decrypted at ${read.unreadable} is no total`)
  return serializeResult(election, read.result)
}

/** They were verified when they were received. */
function decryptionsOf(group: Group, state: BoardState): OwnedDecryption[] {
  return state.decryptions.map(({ owner, body }) => ({
    owner,
    decryption: unless(parsePartialDecryption(group, body), `the decryption of trustee ${owner}`),
  }))
}

function waitFor(
  { election, trustees }: Situation,
  work: 'shuffle' | 'decryption',
  missing: readonly MissingOwners[],
): TallyWaits {
  const awaited = missing.map(({ owners, needed }) => ({
    needed,
    names: trustees.filter(({ position }) => owners.includes(position)).map(({ name }) => name),
  }))
  return new TallyWaits({ election: election.slug, archive: `${election.uuid}.bel`, work, awaited })
}
