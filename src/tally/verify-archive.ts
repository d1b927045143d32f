import type { ArchiveRecord } from '../sealing/archive.ts'
import { type ByteSource, readArchive, seen } from '../sealing/archive-reader.ts'
import type { Crew } from '../sealing/crew.ts'
import { hexOf, sha256Hex } from '../sealing/encoding.ts'
import type { Group } from '../sealing/group.ts'
import type { Question } from '../sealing/question.ts'
import { parseResult, type QuestionResult } from '../sealing/result.ts'
import { verifyArchive } from '../sealing/verification.ts'
import type { VerificationProgress, VerificationReport } from '../sealing/verification-report.ts'
import type { VerifiedPrefix } from '../sealing/verified-prefix.ts'
import { TabulationRefusal } from '../tabulation/refusals.ts'
import type { PaperTally } from '../voting/paper/paper-schema.ts'
import { type BoardState, readBoardState, sealedElectionOf } from './board-state.ts'
import { beginsClear } from './clear-archive.ts'
import { type CountDecisions, countContest } from './count-contest.ts'
import { type CountableContest, countableContests } from './opened-box.ts'
import { BoardDamaged, VerificationFailed } from './refusals.ts'
import { seededTieBreaks } from './seeded-lot.ts'
import { unless } from './unless.ts'
import type { ElectionVerification, OpenedQuestion, Recount } from './verification.ts'
import { verifyClearArchive } from './verify-clear-archive.ts'
import { withPapers } from './with-papers.ts'
import type { WriteInDecision } from './written-names.ts'

/** A public archive, wherever it lies. */
export interface ArchiveSource {
  /** Of the file, or the address. */
  readonly name: string
  /** All bytes of it, from the beginning; called twice for an election that is over. */
  open(): ByteSource
}

/**
 * Verifies an election from its public archive alone, with no secret and no trust in anybody, and counts it again if
 * the archive tells how. Runs in a browser, too.
 *
 * @param options.since what was verified before: where the archive begins with it, proofs are checked for the rest alone
 * @param options.seed of the lot by which the published result decided ties
 * @param options.papers of each contest, as the certificate has them
 * @param options.writeIns what the published result decided of names that were written in
 */
export async function verifySource(
  group: Group,
  archive: ArchiveSource,
  options: {
    seed: string | undefined
    writeIns?: readonly WriteInDecision[]
    papers?: readonly PaperTally[] | undefined
    since?: VerifiedPrefix | undefined
    progress?: VerificationProgress
    /** Who verifies; without one, this thread does. */
    crew?: Crew
  },
): Promise<ElectionVerification> {
  const { progress, crew, seed, since, writeIns = [] } = options
  const { first, bytes } = await peek(archive)
  if (first !== undefined && beginsClear(first)) {
    const text = await readText(group, bytes)
    return verifyClearArchive(group, { name: archive.name, ...text, seed, writeIns })
  }
  const report = await verifyArchive(group, bytes, {
    ...(progress && { progress }),
    ...(crew && { crew }),
    since,
  })
  const verification = {
    ...{ archive: archive.name, inTheClear: false, report },
    complete: report.stage === 'finished',
  }
  if (report.outcome === 'failed' || !verification.complete) return verification
  const board = await readVerifiedArchive(group, archive, report)
  const tieBreaks = seededTieBreaks(seed, (text) => sha256Hex(group, text))
  const counted = recount(group, board, { tieBreaks, writeIns, papers: options.papers })
  if (counted === 'papers missing') {
    return { ...verification, paper: 'missing', questions: openedQuestions(group, board) }
  }
  if (counted !== undefined) return { ...verification, ...counted }
  return { ...verification, questions: openedQuestions(group, board) }
}

/** The bytes of an archive, and the first piece of them, which tells what archive it is. */
async function peek({ open }: ArchiveSource): Promise<{ first: Uint8Array | undefined; bytes: ByteSource }> {
  const pieces = seen(open(), () => {})
  const first = await pieces.next()
  async function* bytes(): AsyncGenerator<Uint8Array> {
    if (first.done === true) return
    yield first.value
    yield* pieces
  }
  return { first: first.done === true ? undefined : first.value, bytes: bytes() }
}

/** The whole text of an archive whose ballots are not sealed. */
async function readText(group: Group, bytes: ByteSource): Promise<{ text: string; archiveHash: string }> {
  const hash = group.sha256()
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of bytes) {
    hash.update(chunk)
    text += decoder.decode(chunk, { stream: true })
  }
  return { text: text + decoder.decode(), archiveHash: hexOf(hash.digest()) }
}

/**
 * What a verified archive says.
 *
 * @throws VerificationFailed if it doesn't hold
 * @throws BoardDamaged if the archive is no longer the one that was verified
 */
export async function readVerifiedArchive(
  group: Group,
  { name, open }: ArchiveSource,
  report: VerificationReport,
): Promise<BoardState> {
  requireHolds(name, report)
  const hash = group.sha256()
  const state = await readBoardState(
    records(
      group,
      seen(open(), (chunk) => hash.update(chunk)),
    ),
  )
  // The head alone would not do: the events are not chained again, so anything may stand before it.
  if (hexOf(hash.digest()) !== report.archiveHash) {
    throw new BoardDamaged(`${name} changed while it was read`)
  }
  return state
}

/** @throws VerificationFailed naming the first check that doesn't hold */
export function requireHolds(archive: string, { checks }: Pick<VerificationReport, 'checks'>): void {
  const failed = checks.find(({ outcome }) => outcome === 'failed')
  if (failed !== undefined) throw new VerificationFailed(archive, failed)
}

async function* records(group: Group, source: ByteSource): AsyncGenerator<ArchiveRecord> {
  for await (const piece of readArchive(group, source)) {
    if (piece.kind === 'refused') throw new BoardDamaged(`${piece.file} is ${piece.reason}`)
    if (piece.kind !== 'header') yield piece
  }
}

/** Undefined if the archive doesn't say how it is counted, or says it in a way that this urna doesn't know. */
function recount(
  group: Group,
  board: BoardState,
  { papers, ...decisions }: CountDecisions & { papers: readonly PaperTally[] | undefined },
): Pick<ElectionVerification, 'contests' | 'paper'> | 'papers missing' | undefined {
  const opened = countableContests(group, board)
  if (opened === undefined) return undefined
  const onPaper = opened.some(({ contest }) => contest.paper === true)
  // Of the sealed ballots alone nobody would be elected.
  if (onPaper && papers === undefined) return 'papers missing'
  const contests = recounted(onPaper ? withPapers(opened, papers) : opened, decisions)
  return contests && { contests, ...(onPaper && { paper: 'counted' }) }
}

function recounted(contests: readonly CountableContest[], decisions: CountDecisions): Recount[] | undefined {
  try {
    return contests.map(({ contest, opened }) => {
      const { tabulation, invalid, writeIns } = countContest(contest, opened, decisions)
      const { none } = contest.ballot
      return {
        ...{ title: contest.title, tabulation, invalidBallots: invalid },
        ...(writeIns && { writeIns }),
        ...(none !== undefined && { none }),
      }
    })
  } catch (error) {
    if (error instanceof TabulationRefusal) return undefined
    throw error
  }
}

function openedQuestions(group: Group, board: BoardState): OpenedQuestion[] {
  const election = sealedElectionOf(group, board)
  const results = unless(parseResult(election, board.result ?? ''), 'the result')
  return election.parameters.questions.map((question, index) => openedQuestion(question, results[index]!))
}

function openedQuestion({ value }: Question, result: QuestionResult): OpenedQuestion {
  const title = value.question
  if (result.type === 'NonHomomorphic') return { title, ballots: result.votes.length }
  const votes = result.totals.flat()
  const answers = value.answers.flat()
  const names = votes.length > answers.length ? ['(blank)', ...answers] : answers
  return {
    title,
    totals: votes.map((total, index) => ({ answer: names[index] ?? '', votes: String(total) })),
  }
}
