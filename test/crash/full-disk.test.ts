import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Deed, deeds } from '../support/faults/deeds.ts'
import { isSentence } from '../support/faults/failures.ts'
import { runPlainly } from '../support/faults/process.ts'
import { mountSmallDisk, type SmallDisk, whyNoDisk } from '../support/faults/small-disk.ts'
import { Stages, wordsIn } from '../support/faults/stages.ts'
import { contentOf, filesIn } from '../support/faults/state.ts'
import { isAsUsual, stateIn } from '../support/faults/trials.ts'

const all = ['1', 'writes'].includes(process.env.URNA_FAULTS ?? '')
const tried = Object.values(deeds).flat()

const why = whyNoDisk()
describe.skipIf(why !== undefined || !all)(`without room, or without leave to write ${why ?? ''}`, () => {
  const stages = new Stages()
  let disk: SmallDisk
  let folder: string
  beforeEach(() => {
    disk = mountSmallDisk()
    folder = join(disk.path, 'election')
  })
  afterEach(() => disk.remove())
  afterAll(() => stages.remove())

  const run = ({ words }: Deed) => runPlainly(folder, wordsIn(folder, words))

  test.each(tried)(
    '$words says so and changes nothing, and does it afterwards',
    { timeout: 120_000 },
    async (deed) => {
      cpSync(await stages.of(deed.at), folder, { recursive: true })
      const before = contentOf(folder)
      const state = await stateIn(folder)
      const names = namesIn(folder)

      disk.makeReadOnly()
      const forbidden = await run(deed)
      disk.makeWritable()
      expect([isSentence(forbidden), forbidden]).toEqual([true, forbidden])
      expect(forbidden.stderr).toMatch(/read-only|does not allow/)
      expect(contentOf(folder)).toBe(before)

      disk.fill()
      const cramped = await run(deed)
      disk.free()
      expect([isSentence(cramped), cramped]).toEqual([true, cramped])
      expect(cramped.stderr).toMatch(/no room|no space/)
      expect(namesIn(folder)).toEqual(names)
      expect((await stateIn(folder)).exactly).toBe(state.exactly)

      const done = await run(deed)
      expect([isAsUsual(done, deed), done]).toEqual([true, done])
      rmSync(folder, { recursive: true })
    },
  )
})

/** Of the journal nothing is said: what SQLite leaves in it counts only with a commit. */
function namesIn(folder: string): string[] {
  return [...filesIn(folder).keys()].filter((name) => !/-(wal|shm)$/.test(name)).sort()
}
