import { expect, test } from 'vitest'
import { rankingGroups } from '../../src/tabulation/ballot-grouping.ts'
import { emptyPile, joinPiles, type Pile } from '../../src/tabulation/pile.ts'
import { RankedPapers } from '../../src/tabulation/ranked-papers.ts'

const options = 9
const rules = { overvotes: 'exhaust', skippedRanks: 'skip all', repeatedOptions: 'skip' } as const

/** Each ranking of some of the options once: 986,409 of them, too many for any buffer. */
function* rankings(ranked: number[] = []): Generator<number[]> {
  if (ranked.length > 0) yield ranked
  for (let option = 0; option < options; option++) {
    if (!ranked.includes(option)) yield* rankings([...ranked, option])
  }
}

test('papers by the hundred thousand lie where their next preference says, after each of many moves', () => {
  const grouping = rankingGroups(options)
  const ballots: number[][] = []
  for (const ranking of rankings()) {
    // Some of them, of every length.
    if (ballots.length >= 150_000) break
    ballots.push(ranking)
    grouping.add(ranking, 1 + (ballots.length % 3))
  }
  const papers = new RankedPapers(grouping.finish(), rules)
  const continuing = new Uint8Array(options).fill(1)
  const piles: Pile[] = Array.from({ length: options + 1 }, emptyPile)
  const move = (pile: Pile) => {
    const sorted = papers.sort(pile, continuing)
    for (const [option, received] of sorted.piles) joinPiles(piles[option]!, received)
    joinPiles(piles[options]!, sorted.exhausted)
  }
  move(papers.all())
  for (const excluded of [0, 4, 2, 7, 8]) {
    continuing[excluded] = 0
    const leaving = piles[excluded]!
    piles[excluded] = emptyPile()
    move(leaving)
  }
  const expected: { papers: number[]; weight: number }[] = piles.map(() => ({ papers: [], weight: 0 }))
  ballots.forEach((ranking, paper) => {
    const slot = expected[ranking.find((option) => continuing[option]) ?? options]!
    slot.papers.push(paper)
    slot.weight += 1 + ((paper + 1) % 3)
  })
  const found = piles.map((pile) => ({
    papers: [...papers.papersIn(pile)].sort((a, b) => a - b),
    weight: pile.weight,
  }))
  expect(found).toEqual(expected)
})
