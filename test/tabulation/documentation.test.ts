import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { methods } from '../../src/tabulation/registry.ts'
import { exampleOf } from '../support/example-ballots.ts'

const pages = join(import.meta.dirname, '../../docs/tabulation')

function pageOf(id: string): string {
  return readFileSync(join(pages, `${id}.md`), 'utf8')
}

/** The names after "Elected: " or "Runoff: ". */
function namedAfter(word: string, page: string): string[] {
  const match = new RegExp(`^${word}: ([A-Z][a-z]*(?:, [A-Z][a-z]*)*)`, 'm').exec(page)
  return match ? match[1]!.split(', ') : []
}

describe('the index of the pages', () => {
  const index = readFileSync(join(pages, 'README.md'), 'utf8')

  test('has a line for each method, in their order, and says what it is', () => {
    const lines = [...index.matchAll(/^- \[`(.+)`\]\((.+)\.md\): \S/gm)]
    expect(lines.map(([, id]) => id)).toEqual(methods.map(({ id }) => id))
    expect(lines.map(([, , page]) => page)).toEqual(methods.map(({ id }) => id))
  })

  test('links every page, and no other', () => {
    const linked = [...index.matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, page]) => page!)
    const written = readdirSync(pages).filter((page) => page !== 'README.md')
    expect(linked.sort()).toEqual(written.sort())
  })
})

describe.each(methods.map((method) => [method.id, method] as const))('the page of %s', (id, method) => {
  const page = pageOf(id)
  const example = exampleOf(page, method.style)
  const tabulation = method.tabulate({ ...example, rules: {}, tieBreaks: {} })
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

  test('has a row for each of its rules, with its default', () => {
    expect(page).toContain(`\`${id}\``)
    const { shape } = method.rules as unknown as { shape: Record<string, unknown> }
    const defaults = method.rules.parse({}) as Record<string, unknown>
    const shared = /\]\((party-lists)\.md\)/.exec(page)?.[1]
    const rows = (shared === undefined ? page : `${page}\n${pageOf(shared)}`).split('\n')
    for (const rule of Object.keys(shape)) {
      const [, names, cell] =
        rows.map((row) => row.split('|')).find((cells) => cells[1]?.includes(`\`${rule}\``)) ?? []
      expect(names, rule).toBeDefined()
      const value = defaults[rule]
      const named = [value].flat().filter((each) => typeof each === 'string')
      expect(cell).toContain(
        typeof value === 'number' ? String(value) : named.map((each) => `\`${each}\``).join(', '),
      )
    }
  })

  test('cites the source that `urna method show` names', () => {
    expect(page).toContain('**Source.**')
    const text = page
      .slice(page.indexOf('**Source.**'))
      .replaceAll('*', '')
      .replaceAll(/\s+/g, ' ')
      .toLowerCase()
    const source = method.source.toLowerCase()
    const titles = [...source.matchAll(/"([^"]+)"/g)].map(([, title]) => title!)
    for (const part of [...titles, ...(source.match(/\d+/g) ?? [])]) expect(text).toContain(part)
  })
})
