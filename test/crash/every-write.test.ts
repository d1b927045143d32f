import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deeds, elsewhere, reading, untried } from '../support/faults/deeds.ts'
import { Stages } from '../support/faults/stages.ts'
import { whyNoStrace } from '../support/faults/strace.ts'
import { killAtEveryWrite } from '../support/faults/trials.ts'

/** All commands at all their writes; otherwise three that have many kinds of them, at some. */
const all = process.env.URNA_FAULTS === '1'
const some: Readonly<Record<string, number>> = {
  'organisation:add': 4,
  'trustee:generate': 2,
  'token:issue': 9,
}
const tried = Object.entries(deeds)
  .filter(([command]) => all || command in some)
  .flatMap(([command, list]) => list.map((deed) => ({ ...deed, step: all ? 1 : (some[command] ?? 1) })))

test('every command is known to change something or nothing, and to be tried or not', () => {
  const manifest = fileURLToPath(new URL('../../oclif.manifest.json', import.meta.url))
  const { commands } = JSON.parse(readFileSync(manifest, 'utf8')) as { commands: object }
  const known = [...reading, ...untried, ...Object.keys(elsewhere), ...Object.keys(deeds)]
  expect(known.sort()).toEqual(Object.keys(commands).sort())
  expect(Object.entries(deeds).filter(([, list]) => list.length === 0)).toEqual([])
})

const why = whyNoStrace()
describe.skipIf(why !== undefined).concurrent(`killed before every one of its writes ${why ?? ''}`, () => {
  const stages = new Stages()
  beforeAll(() => stages.make(all ? undefined : 'draft'), 600_000)
  afterAll(() => stages.remove())

  test.each(tried)('$words has done all of it or nothing', { timeout: 900_000 }, async (deed) => {
    const { moments, killed, faults } = await killAtEveryWrite(stages, deed, deed.step)
    expect(faults).toEqual([])
    // A run may have one page less to write than the one in which they were counted.
    expect(killed).toBeGreaterThanOrEqual(moments - 3)
    expect(moments).toBeGreaterThan(0)
  })
})
