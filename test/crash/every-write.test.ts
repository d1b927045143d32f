import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { deeds, elsewhere, reading } from '../support/faults/deeds.ts'
import { Stages } from '../support/faults/stages.ts'
import { whyNoStrace } from '../support/faults/strace.ts'
import { endAtEveryWrite, killAt, undisturbed } from '../support/faults/trials.ts'

/** All commands; otherwise three that have many kinds of writes. */
const all = ['1', 'writes'].includes(process.env.URNA_FAULTS ?? '')
const some = ['organisation:add', 'trustee:generate', 'token:issue']
const tried = Object.entries(deeds)
  .filter(([command]) => all || some.includes(command))
  .flatMap(([, list]) => list)

test('every command is known to change something or nothing, and where it is killed', () => {
  const manifest = fileURLToPath(new URL('../../oclif.manifest.json', import.meta.url))
  const { commands } = JSON.parse(readFileSync(manifest, 'utf8')) as { commands: object }
  const known = [...reading, ...Object.keys(elsewhere), ...Object.keys(deeds)]
  expect(known.sort()).toEqual(Object.keys(commands).sort())
  expect(Object.entries(deeds).filter(([, list]) => list.length === 0)).toEqual([])
})

const why = whyNoStrace()
describe.skipIf(why !== undefined).concurrent(`ended after any of its writes ${why ?? ''}`, () => {
  const stages = new Stages()
  afterAll(() => stages.remove())

  test.each(tried)('$words has done all of it or nothing', { timeout: 900_000 }, async (deed) => {
    const { moments, faults } = await endAtEveryWrite(stages, deed)
    expect(faults).toEqual([])
    expect(moments).toBeGreaterThan(0)
  })

  // What is copied while a command stands still is what a kill leaves: seen by killing it.
  test.each(tried)(
    '$words that is killed has done all of it or nothing',
    { timeout: 900_000 },
    async (deed) => {
      const whole = await undisturbed(stages, deed)
      const calls = whole.calls.filter(({ changes }) => changes)
      const call = calls[Math.floor(calls.length / 2)]!
      expect(await killAt(stages, deed, { whole, call })).toEqual({ killed: true, wrong: undefined })
    },
  )
})
