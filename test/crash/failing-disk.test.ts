import { afterAll, describe, expect, test } from 'vitest'
import { deeds } from '../support/faults/deeds.ts'
import { failAtEverySite } from '../support/faults/failures.ts'
import { Stages } from '../support/faults/stages.ts'
import { whyNoStrace } from '../support/faults/strace.ts'

/** One of each way to write, and those that were wrong once: all together take most of an hour. */
const some = [
  ...['election:anonymise', 'election:purge', 'export:archive', 'init', 'officer:add', 'passphrase:change'],
  ...['restore', 'tally:enter', 'tally:run', 'token:generate', 'token:issue', 'token:replace'],
]
const wanted = { '1': Object.keys(deeds), writes: some }[process.env.URNA_FAULTS ?? ''] ?? ['officer:add']
const tried = Object.entries(deeds)
  .filter(([command]) => wanted.includes(command))
  .flatMap(([, list]) => list)

const why = whyNoStrace()
describe.skipIf(why !== undefined).concurrent(`on a disk that fails ${why ?? ''}`, () => {
  const stages = new Stages()
  afterAll(() => stages.remove())

  test.each(tried)(
    '$words says so, and has done all of it or nothing',
    { timeout: 1_800_000 },
    async (deed) => {
      const { failures, faults } = await failAtEverySite(stages, deed)
      expect(faults).toEqual([])
      expect(failures).toBeGreaterThan(0)
    },
  )
})
