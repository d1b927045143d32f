import { afterAll, describe, expect, test } from 'vitest'
import { deeds } from '../support/faults/deeds.ts'
import { failAtEverySite } from '../support/faults/failures.ts'
import { Stages } from '../support/faults/stages.ts'
import { whyNoStrace } from '../support/faults/strace.ts'

const all = process.env.URNA_FAULTS === '1'
const tried = Object.entries(deeds)
  .filter(([command]) => all || command === 'officer:add')
  .flatMap(([, list]) => list)

const why = whyNoStrace()
describe.skipIf(why !== undefined).concurrent(`on a disk that fails ${why ?? ''}`, () => {
  const stages = new Stages()
  afterAll(() => stages.remove())

  test.each(tried)(
    '$words says so, and has done all of it or nothing',
    { timeout: 900_000 },
    async (deed) => {
      const { failures, faults } = await failAtEverySite(stages, deed)
      expect(faults).toEqual([])
      expect(failures).toBeGreaterThan(0)
    },
  )
})
