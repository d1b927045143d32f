import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readBlt } from '../../src/interchange/blt.ts'
import { scoreGroups, selectionGroups } from '../../src/tabulation/ballot-grouping.ts'
import type { BallotGroups } from '../../src/tabulation/ballot-groups.ts'
import type { Method } from '../../src/tabulation/method.ts'
import { methods } from '../../src/tabulation/registry.ts'

function pageOf(id: string): string {
  return readFileSync(join(import.meta.dirname, '../../docs/tabulation', `${id}.md`), 'utf8')
}

/** The examples write selections as BLT writes rankings. */
function asSelections(groups: BallotGroups): BallotGroups {
  const grouping = selectionGroups(groups.optionCount)
  for (let group = 0; group < groups.count; group++) {
    grouping.add(
      groups.entries.subarray(groups.starts[group], groups.starts[group + 1]),
      groups.weights[group],
    )
  }
  return grouping.finish()
}

interface Example {
  readonly options: readonly string[]
  readonly seats: number
  readonly ballots: BallotGroups
}

/** Scores are written as a table: how many ballots, and the score that they give each option. */
function scoresExample(page: string): Example | undefined {
  const match = /```csv (\d+) seats?\nballots,(.*?)\n(.*?)```/s.exec(page)
  if (!match) return undefined
  const options = match[2]!.split(',')
  const grouping = scoreGroups(options.length)
  for (const line of match[3]!.trim().split('\n')) {
    const [ballots, ...scores] = line.split(',')
    const entries = scores.flatMap((score, option) => (score === '' ? [] : [option, Number(score)]))
    grouping.add(entries, ballots)
  }
  return { options, seats: Number(match[1]), ballots: grouping.finish() }
}

function exampleOf(page: string, { style }: Method): Example {
  const scores = scoresExample(page)
  if (scores) return scores
  const { options, seats, ballots } = readBlt(/```blt\n(.*?)```/s.exec(page)![1]!)
  return { options, seats, ballots: style === 'ranking' ? ballots : asSelections(ballots) }
}

/** The names after "Elected: " or "Runoff: ". */
function namedAfter(word: string, page: string): string[] {
  const match = new RegExp(`^${word}: ([A-Z](?:, [A-Z])*)`, 'm').exec(page)
  return match ? match[1]!.split(', ') : []
}

describe.each(methods.map((method) => [method.id, method] as const))('the page of %s', (id, method) => {
  const page = pageOf(id)
  const example = exampleOf(page, method)
  const tabulation = method.tabulate({
    options: example.options,
    seats: example.seats,
    ballots: example.ballots,
    rules: {},
    tieBreaks: {},
  })
  const names = (options: readonly number[]) => options.map((option) => example.options[option])

  test('has an example that ends as it says', () => {
    const { outcome, winners } = tabulation
    expect(names(winners.map(({ option }) => option))).toEqual(namedAfter('Elected', page))
    expect(names(outcome.kind === 'runoff' ? outcome.contenders : [])).toEqual(namedAfter('Runoff', page))
    expect(outcome.kind).not.toBe('tied')
  })

  test('shows the rounds of its example, where it shows rounds', () => {
    const rows = [...page.matchAll(/^\| (\d+)[^|]*\| (.*) \|$/gm)]
      .filter(([, , cells]) => /^[\d.–| ]+$/.test(cells!))
      .map(([, , cells]) => cells!.split(' | ').map((cell) => (cell === '–' ? '0' : cell)))
    for (const [position, row] of rows.entries()) {
      const round = tabulation.rounds[position]!
      expect(row).toEqual([...round.votes, round.exhausted].slice(0, row.length))
    }
    expect([0, tabulation.rounds.length]).toContain(rows.length)
  })

  test('names the id, and the defaults of its rules', () => {
    expect(page).toContain(`\`${id}\``)
    const defaults = method.rules.parse({}) as Record<string, unknown>
    for (const [rule, value] of Object.entries(defaults)) {
      if (typeof value === 'string') expect(page).toMatch(new RegExp(`\`${rule}\`.*\`${value}\``, 's'))
    }
  })
})
