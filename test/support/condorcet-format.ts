import { join } from 'node:path'
import { rankingGroups } from '../../src/tabulation/ballot-grouping.ts'
import { type BallotGroups, packRanking, unpackRanking } from '../../src/tabulation/ballot-groups.ts'
import { readCorpusFiles } from './corpus-file.ts'
import type { CorpusCase } from './tabulation-corpus.ts'

export interface CondorcetBallots {
  readonly options: readonly string[]
  readonly ballots: BallotGroups
}

/** The ballots of a case in the Condorcet Election Format. */
export function readCondorcet({ ballots, folder }: CorpusCase): CondorcetBallots {
  const { file } = ballots.find(({ file }) => file.endsWith('.cvotes'))!
  const { options, ballots: groups } = readCorpusFiles([join(folder, file)])
  if (groups.kind === 'totals') throw new Error(`${file} holds totals`)
  return { options, ballots: groups }
}

/** The ballots as if the options that they leave out shared a last rank. */
export function filledUp({ options, ballots }: CondorcetBallots): CondorcetBallots {
  const grouping = rankingGroups(options.length)
  for (let group = 0; group < ballots.count; group++) {
    const ranks = unpackRanking(ballots, group)
    const missing = [...options.keys()].filter((option) => !ranks.flat().includes(option))
    grouping.add(packRanking(missing.length > 0 ? [...ranks, missing] : ranks), ballots.weights[group])
  }
  return { options, ballots: grouping.finish() }
}
