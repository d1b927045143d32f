import { describe, expect, test } from 'vitest'
import {
  fewestElections,
  findDrivers,
  findIrregularUnits,
  findSpikes,
  type Group,
  predictTurnout,
} from '../../../src/report/insights/turnout-insights.ts'

const earlier = [50, 60, 55, 65, 60].map((voted, year) => ({ election: `board-${year}`, voters: 100, voted }))
const region = (name: string, voters: number, voted: number): Group => ({ by: 'region', name, voters, voted })

describe('a turnout', () => {
  test.each([
    [58, 'nothing', 'inside'],
    [40, 'found', 'below'],
    [90, 'found', 'above'],
  ])('of %i in 100 is %s against five before: %s the interval', (voted, standing, place) => {
    const found = predictTurnout({ voters: 100, voted }, earlier)
    expect(found).toMatchObject({ standing, predicted: { mean: '58.0', lower: '40.7', upper: '75.3' } })
    expect(found.sentence).toContain(
      `${voted} of 100 voters voted, ${voted}.0%. From 5 earlier elections 58.0% were expected, between 40.7% and 75.3%: the turnout is ${place} that interval.`,
    )
  })

  test('is predicted by nothing from fewer elections than it takes', () => {
    const found = predictTurnout({ voters: 100, voted: 50 }, earlier.slice(1))
    expect(found).toMatchObject({ standing: 'refused', predicted: null })
    expect(found.sentence).toContain(`4 earlier elections with a turnout, and ${fewestElections} are needed`)
  })
})

describe('hours', () => {
  const usual = Array.from({ length: 24 }, (_, hour) => 9 + (hour % 3))
  const where = { openedAt: '2026-12-01T08:00:00.000Z', smallest: 10 }

  test('in which far more voted than usual stand out, with when and how many', () => {
    const found = findSpikes(usual.with(5, 70), where)
    expect(found).toMatchObject({ standing: 'found', hours: 24, median: 10 })
    expect(found.spikes).toEqual([
      { from: '2026-12-01T13:00:00.000Z', votes: 70, score: expect.stringMatching(/^\d+\.\d$/) },
    ])
    expect(found.sentence).toContain('1 hour stood out, the most with 70 votes')
  })

  test('that are as usual do not', () => {
    expect(findSpikes(usual, where)).toMatchObject({ standing: 'nothing', spikes: [] })
  })

  test('with fewer votes than may be told are not named, even where all others are empty', () => {
    const quiet = [9, ...Array.from({ length: 30 }, () => 1)]
    expect(findSpikes(quiet, where).spikes).toEqual([])
  })

  test.each([
    ['when each voter voted is unknown', undefined],
    ['there are few hours', [50, 50]],
    ['there are few votes', Array.from({ length: 20 }, () => 1)],
  ])('are not spoken of where %s', (_, hours) => {
    expect(findSpikes(hours, where)).toMatchObject({ standing: 'refused', median: null })
  })
})

describe('units', () => {
  const whole = { voters: 1000, voted: 500 }

  test('that chance does not explain are named, with their numbers', () => {
    const groups = [region('North', 200, 150), region('South', 400, 180), region('East', 400, 170)]
    const found = findIrregularUnits(whole, groups)
    expect(found.tested.map(({ name, irregular }) => [name, irregular])).toEqual([
      ['North', true],
      ['South', true],
      ['East', true],
    ])
    expect(found.sentence).toContain('North (150 of 200, 75.0%, +31.3 points against the rest)')
  })

  test('that differ little are not, however sure it is', () => {
    const large = { voters: 1_000_000, voted: 500_000 }
    const found = findIrregularUnits(large, [
      region('North', 500_000, 255_000),
      region('South', 500_000, 245_000),
    ])
    expect(found.tested[0]).toMatchObject({ adjusted: '0.000000', difference: '2.0', irregular: false })
    expect(found.standing).toBe('nothing')
  })

  test('that differ by what one test of twenty would find are not, as there are twenty', () => {
    const groups = Array.from({ length: 20 }, (_, unit) => region(`Unit ${unit}`, 50, unit === 0 ? 33 : 25))
    const found = findIrregularUnits({ voters: 1000, voted: 508 }, groups)
    expect(Number(found.tested[0]?.chance)).toBeLessThan(0.05)
    expect(found.standing).toBe('nothing')
  })

  test('are not compared where there is only one', () => {
    expect(findIrregularUnits(whole, [region('North', 400, 100)])).toMatchObject({ standing: 'refused' })
  })
})

describe('groups', () => {
  const whole = { voters: 150, voted: 104 }

  test('that voted more than the rest are told with an interval, and no cause', () => {
    const found = findDrivers(whole, [{ by: 'status', name: 'full', voters: 70, voted: 56 }])
    expect(found.groups).toEqual([
      { by: 'status', name: 'full', voters: 70, voted: 56, difference: '20.0', lower: '5.2', upper: '33.4' },
    ])
    expect(found.sentence).toContain('status full: 56 of 70, +20.0 points against the rest (+5.2 to +33.4)')
    expect(found.caveat).toContain('need not be its cause')
  })

  test('that are alike are not told', () => {
    expect(findDrivers(whole, [{ by: 'status', name: 'full', voters: 75, voted: 52 }])).toMatchObject({
      standing: 'nothing',
      groups: [],
    })
  })

  test('of which there is none are said to be missing', () => {
    expect(findDrivers(whole, [])).toMatchObject({ standing: 'refused' })
  })
})

test('every insight names its method and what it does not say', () => {
  const all = [
    predictTurnout({ voters: 10, voted: 5 }, []),
    findSpikes(undefined, { openedAt: null, smallest: 10 }),
    findIrregularUnits({ voters: 10, voted: 5 }, []),
    findDrivers({ voters: 10, voted: 5 }, []),
  ]
  for (const { method, caveat, sentence } of all) {
    expect([method, caveat, sentence].every((text) => text.length > 20)).toBe(true)
  }
})
