import type { Group } from '../sealing/group.ts'
import type { Question } from '../sealing/question.ts'
import { parseResult, type QuestionResult } from '../sealing/result.ts'
import type { VerificationReport } from '../sealing/verification-report.ts'
import { TabulationRefusal } from '../tabulation/refusals.ts'
import type { Tabulation } from '../tabulation/tabulation.ts'
import { readVerified, requireHolds, verifyArchiveFile } from './archive-file.ts'
import { type BoardState, sealedElectionOf } from './board-state.ts'
import { countContest, type InvalidBallots } from './count-contest.ts'
import { tieBreaksOf } from './lot.ts'
import { countableContests } from './opened-box.ts'
import { VerificationIncomplete } from './refusals.ts'
import { unless } from './unless.ts'

/** A contest counted again from the archive. */
export interface Recount {
  title: string
  tabulation: Tabulation
  invalidBallots: readonly InvalidBallots[]
}

/** What was opened of a question whose way of counting the archive does not tell. */
export interface OpenedQuestion {
  title: string
  /** Absent where ballots were opened one by one. */
  totals?: { answer: string; votes: string }[]
  /** Opened ballots; absent where only totals were opened. */
  ballots?: number
}

export interface ElectionVerification {
  archive: string
  report: VerificationReport
  /** Whether the archive reaches to the result. */
  complete: boolean
  /** Once there is a result, and the archive tells how it is counted. */
  contests?: Recount[]
  /** Once there is a result, and the archive does not. */
  questions?: OpenedQuestion[]
}

/**
 * Verifies an election from its public archive alone, with no secret and no trust in anybody, and counts it
 * again if the archive tells how.
 *
 * @param options.seed of the lot by which the published result decided ties
 * @throws InputUnreadable
 */
export async function verifyElection(
  group: Group,
  archive: string,
  options: { seed: string | undefined; progress?: (done: number, total: number) => void },
): Promise<ElectionVerification> {
  const report = await verifyArchiveFile(group, archive, options.progress)
  const verification = { archive, report, complete: report.stage === 'finished' }
  if (report.outcome === 'failed' || !verification.complete) return verification
  const board = await readVerified(group, archive, report)
  const contests = recount(group, board, options.seed)
  if (contests !== undefined) return { ...verification, contests }
  return { ...verification, questions: openedQuestions(group, board) }
}

/**
 * @param options.wanted whether an archive that holds but does not reach to the result will do
 * @throws VerificationFailed, VerificationIncomplete
 */
export function requireVerified(
  { archive, report, complete }: ElectionVerification,
  options: { wanted: 'any stage' | 'complete' },
): void {
  requireHolds(archive, report)
  if (options.wanted === 'complete' && !complete) {
    throw new VerificationIncomplete({ archive, stage: report.stage })
  }
}

/** Undefined if the archive doesn't say how it is counted, or says it in a way that this urna doesn't know. */
function recount(group: Group, board: BoardState, seed: string | undefined): Recount[] | undefined {
  try {
    return countableContests(group, board)?.map(({ contest, opened }) => {
      const { tabulation, invalid } = countContest(contest, opened, tieBreaksOf(seed))
      return { title: contest.title, tabulation, invalidBallots: invalid }
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
