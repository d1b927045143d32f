import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readBlt } from '../../src/interchange/blt.ts'
import { renderCountHtml } from '../../src/report/count-html.ts'
import type { CountReport } from '../../src/report/count-report.ts'
import { displayOrder } from '../../src/report/html/option-order.ts'
import { transferFlow } from '../../src/report/html/transfer-flow.ts'
import { scoreGroups } from '../../src/tabulation/ballot-grouping.ts'
import { recastBallots } from '../../src/tabulation/recast.ts'
import { methodById } from '../../src/tabulation/registry.ts'
import type { Tabulation } from '../../src/tabulation/tabulation.ts'
import { rankedElections, rankingsOf } from '../support/arbitrary-elections.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { letters } from '../support/rankings.ts'

fc.configureGlobal({ numRuns: propertyRuns })

function countOf(method: string, blt: string, rules: unknown = {}): Tabulation {
  const { ballots, options, seats, withdrawn } = readBlt(blt)
  return methodById(method).tabulate({ options, seats, withdrawn, ballots, rules, tieBreaks: {} })
}

function pageOf(tabulation: Tabulation, facts: Partial<CountReport> = {}): string {
  const { title, source, style } = methodById(tabulation.method)
  return renderCountHtml({
    title: 'Committee',
    file: { name: 'committee.blt', format: { id: 'blt', title: 'BLT' }, sha256: 'ab'.repeat(32) },
    method: { id: tabulation.method, title, source, style },
    rules: { ties: ['backwards', 'lot'] },
    seatsFrom: 'file',
    tabulation,
    warnings: [],
    remarks: [],
    version: '1.0.0',
    ...facts,
  })
}

const committee = `4 2
7 1 2 0
3 1 3 0
4 2 0
3 3 0
1 4 0
0
"Ada"
"Bo"
"Cy"
"Di <script>alert(1)</script>"
"Committee"
`

describe('the page of a count', () => {
  const page = pageOf(countOf('stv-scottish', committee))

  test('says who is elected, and every vote of every stage', () => {
    expect(page).toContain('Elected: Ada and Bo.')
    for (const figure of ['6.1', '+2.1', '4.9', '0.3']) expect(page).toContain(figure)
  })

  test('shows names as text, whatever they hold', () => {
    expect(page).not.toContain('<script')
    expect(page).toContain('Di &lt;script&gt;alert(1)&lt;/script&gt;')
  })

  test('loads nothing and runs nothing', () => {
    expect(page).not.toMatch(/<(script|link|img|iframe)|\bon\w+=|https?:|url\(|@import/i)
    expect(page).toContain("default-src 'none'")
  })

  test('draws how the votes went, and says in words what it draws', () => {
    expect(page).toMatch(/<svg[^>]*role="img" aria-labelledby="flow-title flow-text"/)
    expect(page).toContain('2: Ada → Bo: 2.1')
  })

  test('closes every element that it opens', () => {
    const open: string[] = []
    for (const [, end, name, self] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*?(\/?)>/g)) {
      if (end) expect(name).toBe(open.pop())
      else if (!self && name !== 'meta') open.push(name!)
    }
    expect(open).toEqual([])
  })

  test('says that a tie is open, and what a followed ballot did', () => {
    const tied = countOf('stv-scottish', '2 1\n1 1 0\n1 2 0\n0\n"A"\n"B"\n"Chair"\n', { ties: [] })
    const shown = pageOf(tied, {
      trace: { ballot: '2', says: '1 B', rounds: [{ round: 1, sentence: 'Counts for B.' }] },
    })
    expect(shown).toContain('It is still open.')
    expect(shown).toContain('Counts for B.')
  })

  test('compares in pairs with signs beside the colours', () => {
    const shown = pageOf(countOf('schulze', committee))
    expect(shown).toContain('10 ▲')
    expect(shown).toContain('4 ▽')
    expect(shown).not.toContain('How votes moved')
  })
})

test('a list that wins several seats is not just elected', () => {
  const { ballots, options } = readBlt('2 3\n5 1 0\n2 2 0\n0\n"Red"\n"Green"\n"Council"\n')
  const selections = recastBallots(ballots, 'list').ballots
  const request = { options, seats: 3, ballots: selections, rules: {}, tieBreaks: {} }
  const shown = pageOf(methodById('dhondt').tabulate(request))
  expect(shown).toContain('<strong class="mark">2 seats</strong>')
  expect(shown).toContain('<th scope="col">Seats</th>')
})

test('a runoff between the best scored changes no votes, as it counts something else', () => {
  const grouping = scoreGroups(2)
  grouping.add([0, 5, 1, 4], 2)
  grouping.add([0, 0, 1, 5])
  const request = { options: ['A', 'B'], seats: 1, ballots: grouping.finish(), rules: {}, tieBreaks: {} }
  expect(pageOf(methodById('star').tabulate(request))).not.toContain('class="change"')
})

test('the bands of the drawing are the votes of the stages, with nothing lost between them', () => {
  fc.assert(
    fc.property(rankedElections({ equalRanks: false }), (election) => {
      const tabulation = methodById('stv-scottish').tabulate({
        options: letters(election.optionCount),
        seats: election.seats,
        ballots: rankingsOf(election),
        rules: { ties: ['order given'] },
        tieBreaks: {},
      })
      const flows = transferFlow(tabulation)
      if (flows === undefined) {
        expect(tabulation.rounds.some(({ transfers }) => transfers.length > 0)).toBe(false)
        return
      }
      const valid = Number(tabulation.statistics.valid)
      for (const round of tabulation.rounds.slice(1).keys()) {
        const sum = flows
          .filter((flow) => flow.round === round)
          .reduce((total, { votes }) => total + votes, 0)
        expect(sum).toBeCloseTo(valid, 6)
      }
    }),
  )
})

test('options stand in the order in which a reader looks for them', () => {
  const tabulation = countOf('stv-scottish', committee)
  expect(displayOrder(tabulation).map((option) => tabulation.options[option]!.slice(0, 2))).toEqual([
    'Ad',
    'Bo',
    'Cy',
    'Di',
  ])
})
