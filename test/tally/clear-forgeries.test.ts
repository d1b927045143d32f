import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { verifyClearArchive } from '../../src/tally/verify-clear-archive.ts'
import { anonymous, byProxy, divided, plain, typedIn } from '../support/clear-forger.ts'
import { clearForgeries } from '../support/forgeries/clear.ts'

const group = await loadGroup()
const source = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../src/${name}.ts`, import.meta.url)), 'utf8')

/** What stands in quotes in a source where a pattern finds it, as `check reason`. */
function reasonsIn(name: string, pattern: RegExp, check?: string): string[] {
  const found = [...source(name).matchAll(pattern)].map(([, ...quoted]) => quoted)
  expect(found.length).toBeGreaterThan(0)
  return found.map((quoted) => [...(check === undefined ? [] : [check]), ...quoted].join(' '))
}

/** Each reason that a check can give. */
const reasons = new Set([
  ...reasonsIn('tally/verify-clear-archive', /failure\('([a-z]+)', '([a-z-]+)'/g),
  ...reasonsIn('election/clear-election', /refused: '([a-z-]+)'/g, 'election'),
  ...reasonsIn('sealing/credential', /code: '([a-z-]+)'/g, 'tokens'),
  ...['not-json', 'not-canonical'].map((code) => `tokens ${code}`),
  ...reasonsIn('tally/clear-box', /refused(?:\(|: )'([a-z-]+)'/g, 'ballots'),
  ...reasonsIn('voting/clear-ballot', /refused: '([a-z-]+)'/g, 'ballots'),
  ...['not-json', 'not-canonical', 'not-a-scalar'].map((code) => `ballots ${code}`),
])
/** A credential that is no element is on no list, and a ballot under it is refused for that. */
reasons.delete('ballots not-an-element')

const order = ['archive', 'election', 'tokens', 'ballots', 'result']

function checksOf(text: string) {
  const archiveHash = '0'.repeat(64)
  const input = { name: 'an archive', text, archiveHash, seed: undefined, writeIns: [] }
  return verifyClearArchive(group, input)
}

describe('an election in the clear', () => {
  test.each([
    ['is signed by its voters', plain],
    ['was cast by proxies, too', byProxy],
    ['divides its weights', divided],
    ['was made anonymous', anonymous],
    ['was typed in', typedIn],
  ])('that %s is verified from its archive to its result', (_, { archive }) => {
    const { report, complete } = checksOf(JSON.stringify(archive))
    expect(report.checks.filter(({ outcome }) => outcome === 'failed')).toEqual([])
    expect([report.outcome, complete]).toEqual(['verified', true])
  })

  test.each(clearForgeries)('has a forger found out who $does', ({ archive, check, reason, part }) => {
    const { report, contests } = checksOf(archive())
    expect(report.outcome).toBe('failed')
    expect(contests).toBeUndefined()
    // Those before it hold, or can not be checked; none after it was reached.
    expect(report.checks.map(({ id }) => id)).toEqual(order.slice(0, order.indexOf(check) + 1))
    expect(report.checks.filter(({ outcome }) => outcome === 'failed')).toMatchObject([
      { id: check, reason, ...(part !== undefined && { place: { part } }) },
    ])
  })
})

test('for every reason that a check of it can give, a forger is found out by it alone', () => {
  expect(reasons.size).toBeGreaterThan(20)
  const shown = new Set(clearForgeries.map(({ check, reason }) => `${check} ${reason}`))
  expect([...reasons.difference(shown)]).toEqual([])
  expect([...shown.difference(reasons)]).toEqual([])
})
