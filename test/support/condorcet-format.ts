import { rankingGroups } from '../../src/tabulation/ballot-grouping.ts'
import { type BallotGroups, packRanking } from '../../src/tabulation/ballot-groups.ts'
import { type CorpusCase, corpusText } from './tabulation-corpus.ts'

export interface CondorcetBallots {
  readonly options: string[]
  readonly ballots: BallotGroups
}

/** Where the options that a ballot leaves out stand. */
export type LeftOut = 'share the last rank' | 'left out'

/** The Condorcet Election Format: `tag || A > B = C ^ weight * 3`, options named in the header; others are dropped. */
export function condorcetBallots(text: string, unranked: LeftOut = 'left out'): CondorcetBallots {
  const options = /^#\/Candidates:(.*)$/m
    .exec(text)![1]!
    .split(';')
    .map((name) => name.trim())
  const grouping = rankingGroups(options.length)
  for (const line of text.split('\n')) {
    const [ballot = '', times = '1'] = line.replace(/#.*/, '').split('*')
    const [ranking = '', weight = '1'] = ballot.split('^')
    if (ranking.trim() === '') continue
    const names = ranking.includes('/EMPTY_RANKING/') ? [] : ranking.split('>')
    const ranks = names
      .map((rank) => rank.split('=').map((name) => options.indexOf(name.replace(/^.*\|\|/, '').trim())))
      .map((rank) => rank.filter((option) => option >= 0))
      .filter((rank) => rank.length > 0)
    const missing = [...options.keys()].filter((option) => !ranks.flat().includes(option))
    if (unranked === 'share the last rank' && missing.length > 0) ranks.push(missing)
    grouping.add(packRanking(ranks), Number(weight) * Number(times))
  }
  return { options, ballots: grouping.finish() }
}

/** The ballots of a case in that format. */
export function condorcetText({ ballots, folder }: CorpusCase): string {
  const file = ballots.find(({ file }) => file.endsWith('.cvotes'))!
  return corpusText({ folder, ballots: [file] } as unknown as CorpusCase)
}
