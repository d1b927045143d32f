import { describe, expect, test } from 'vitest'
import {
  adjustedChances,
  chanceOf,
  differenceOf,
  median,
  predictedShare,
  robustScores,
} from '../../../src/report/insights/statistics.ts'

describe('the statistics of insights, against figures that are published', () => {
  test('Fisher’s exact test of the lady who tasted tea: three of four right', () => {
    expect(chanceOf({ voters: 4, voted: 3 }, { voters: 8, voted: 4 })).toBeCloseTo(34 / 70, 9)
  })

  test('it is exact among a hundred thousand too, and no chance exceeds one', () => {
    expect(chanceOf({ voters: 50_000, voted: 25_000 }, { voters: 100_000, voted: 50_000 })).toBeCloseTo(1, 6)
    expect(chanceOf({ voters: 1000, voted: 900 }, { voters: 100_000, voted: 50_000 })).toBeLessThan(1e-100)
  })

  test('Newcombe’s example, 56 of 70 against 48 of 80', () => {
    const { difference, lower, upper } = differenceOf({ voters: 70, voted: 56 }, { voters: 80, voted: 48 })
    expect(difference).toBeCloseTo(0.2, 9)
    expect([lower, upper].map((each) => each.toFixed(4))).toEqual(['0.0524', '0.3339'])
  })

  test('Holm raises the least chance by the number of tests, the next by one less, and never out of order', () => {
    const raised = adjustedChances([0.01, 0.04, 0.03, 0.005]).map((each) => each.toFixed(3))
    expect(raised).toEqual(['0.030', '0.060', '0.060', '0.020'])
  })

  test('a prediction from five shares reaches 2.776 standard deviations of a new one', () => {
    const { mean, lower, upper } = predictedShare([0.5, 0.6, 0.55, 0.65, 0.6], 100_000)
    expect([mean, lower, upper].map((each) => each.toFixed(4))).toEqual(['0.5800', '0.4066', '0.7534'])
  })

  test('five shares that are alike do not predict more sharply than chance lets anybody', () => {
    const { lower, upper } = predictedShare([0.5, 0.5, 0.5, 0.5, 0.5], 100)
    expect(upper - lower).toBeGreaterThan(0.2)
  })

  test('one hour of many votes is far from the median, and does not move it', () => {
    const counts = [...Array.from({ length: 23 }, (_, hour) => 9 + (hour % 3)), 60]
    expect(median(counts)).toBe(10)
    const scores = robustScores(counts)
    expect(scores.at(-1)).toBeGreaterThan(3.5)
    expect(Math.max(...scores.slice(0, -1))).toBeLessThan(1)
  })
})
