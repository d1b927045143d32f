import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { settleTie } from '../../src/tabulation/tie-breaking.ts'
import type { TieBreaks, TieEnd, TieRule } from '../../src/tabulation/ties.ts'
import { lot } from '../support/arbitrary-elections.ts'
import { propertyRuns } from '../support/property-runs.ts'

fc.configureGlobal({ numRuns: propertyRuns })

function settle(tie: {
  to?: TieEnd
  among: readonly number[]
  choose?: number
  chain: readonly TieRule[]
  breaks?: TieBreaks
  history?: readonly (readonly number[])[]
}) {
  return settleTie({
    question: { method: 'irv', round: 4, to: tie.to ?? 'exclude', among: tie.among, choose: tie.choose ?? 1 },
    chain: tie.chain,
    breaks: tie.breaks ?? {},
    history: (tie.history ?? []).map((votes) => votes.map(BigInt)),
  })
}

const history = [
  [5, 4, 4],
  [6, 6, 5],
  [7, 7, 7],
]

test.each([
  ['backwards', 'exclude', 2, [2]],
  ['forwards', 'elect', 0, [1]],
] as const)('%s to %s looks at the rounds in its order', (rule, to, chosen, rounds) => {
  const { tie } = settle({ to, among: [0, 1, 2], chain: [rule], history })
  expect(tie.chosen).toEqual([chosen])
  expect(tie.decisions).toEqual([{ by: rule, rounds }])
})

test('when a round leaves two of three together, the round before tells those two apart', () => {
  const { tie } = settle({
    among: [0, 1, 2],
    chain: ['backwards'],
    history: [
      [3, 2, 9],
      [5, 5, 6],
    ],
  })
  expect(tie.chosen).toEqual([1])
  expect(tie.decisions).toEqual([{ by: 'backwards', rounds: [2, 1] }])
})

test('what looking back leaves together is drawn by lot, among those only', () => {
  const breaks = { lot: lot('seed') }
  const { tie } = settle({ among: [0, 1, 2], chain: ['backwards', 'lot'], breaks, history: [[1, 1, 2]] })
  const drawn = tie.decisions.find((decision) => decision.by === 'lot')!
  expect(drawn.tickets.map(({ option }) => option).sort()).toEqual([0, 1])
  expect(tie.chosen).toEqual([drawn.tickets[0]!.option])
})

test('an order that leaves options out does not tell them apart', () => {
  const breaks: TieBreaks = { order: [2] }
  const chain = ['order given'] as const
  expect(settle({ to: 'elect', among: [0, 1, 2], chain, breaks }).tie.chosen).toEqual([2])
  const unnamed = settle({ to: 'exclude', among: [0, 1, 2], chain, breaks })
  expect(unnamed.open).toMatchObject({ among: [0, 1], choose: 1 })
  expect(settle({ to: 'exclude', among: [0, 1], chain, breaks })).toMatchObject({
    tie: { decisions: [] },
    open: { among: [0, 1], choose: 1 },
  })
})

test('the earlier of an order given prevails: elected first, excluded last', () => {
  const breaks = { order: [2, 0, 1] }
  expect(settle({ to: 'elect', among: [0, 1, 2], chain: ['order given'], breaks }).tie.chosen).toEqual([2])
  expect(settle({ to: 'exclude', among: [0, 1, 2], chain: ['order given'], breaks }).tie.chosen).toEqual([1])
  expect(settle({ to: 'elect', among: [1, 2], chain: ['order given'] }).tie.chosen).toEqual([1])
})

test('a lot can be redone by hand: the lowest SHA-256 of seed, method, round, end and position', () => {
  const { tie } = settle({ among: [0, 1], chain: ['lot'], breaks: { lot: lot('2f6c') } })
  const ticket = (position: number) =>
    createHash('sha256').update(`2f6c|irv|4|exclude|${position}`).digest('hex')
  const lowest = ticket(1) < ticket(2) ? 0 : 1
  expect(tie.chosen).toEqual([lowest])
  expect(tie.decisions).toEqual([
    {
      by: 'lot',
      seed: '2f6c',
      tickets: [lowest, 1 - lowest].map((option) => ({ option, ticket: ticket(option + 1) })),
    },
  ])
})

test('over many seeds a lot favours nobody', () => {
  const wins = [0, 0, 0]
  for (let seed = 0; seed < 3000; seed++) {
    const { tie } = settle({ among: [0, 1, 2], chain: ['lot'], breaks: { lot: lot(String(seed)) } })
    wins[tie.chosen![0]!]!++
  }
  for (const count of wins) expect(Math.abs(count - 1000)).toBeLessThan(120)
})

test('a chain that ends leaves the rest of the tie open', () => {
  const { tie, open } = settle({
    among: [0, 1, 2, 3],
    choose: 2,
    chain: ['backwards'],
    history: [[1, 2, 2, 3]],
  })
  expect(tie.chosen).toBeUndefined()
  expect(open).toMatchObject({ among: [1, 2], choose: 1 })
})

test('people are asked about what is left, and only that', () => {
  const asked: unknown[] = []
  const breaks: TieBreaks = {
    decide: (question) => {
      asked.push(question)
      return [2]
    },
  }
  const { tie } = settle({
    among: [0, 1, 2, 3],
    choose: 2,
    chain: ['backwards', 'ask'],
    breaks,
    history: [[1, 2, 2, 3]],
  })
  expect(asked).toEqual([{ method: 'irv', round: 4, to: 'exclude', among: [1, 2], choose: 1 }])
  expect(tie.chosen).toEqual([0, 2])
})

test.each([[[]], [[3]], [[0, 1]], [[0, 0]]])(
  'a decision that chooses %j where one of two is asked for is refused',
  (answer) => {
    expect(() => settle({ among: [0, 1], chain: ['ask'], breaks: { decide: () => answer } })).toThrow(
      expect.objectContaining({ code: 'tie-decision-invalid' }),
    )
  },
)

test('whatever the rules, the chosen are as many of the tied as were asked for', () => {
  const ties = fc.record({
    among: fc.subarray([0, 1, 2, 3, 4], { minLength: 2 }),
    to: fc.constantFrom<TieEnd>('elect', 'exclude', 'transfer first', 'enter the runoff'),
    chain: fc.shuffledSubarray<TieRule>(['backwards', 'forwards', 'order given', 'lot']),
    history: fc.array(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 5, maxLength: 5 }), {
      maxLength: 4,
    }),
    places: fc.nat(),
  })
  fc.assert(
    fc.property(ties, ({ places, ...tie }) => {
      const choose = 1 + (places % (tie.among.length - 1))
      const settled = settle({ ...tie, choose, breaks: { lot: lot('x') } })
      if (settled.open) {
        expect(tie.chain).not.toContain('lot')
        expect(tie.chain).not.toContain('order given')
      } else {
        expect(settled.tie.chosen).toHaveLength(choose)
        expect(settled.tie.chosen!.every((option) => tie.among.includes(option))).toBe(true)
      }
    }),
  )
})
