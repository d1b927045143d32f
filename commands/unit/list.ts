import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { ofOrganisation, organisationFlag } from '../../src/cli/organisation-flag.ts'
import { countOf, formatCount, formatTable, printable } from '../../src/cli/output.ts'
import { unitOutput } from '../../src/cli/unit-output.ts'

const count = z.int().nonnegative()

export const output = z.strictObject({
  organisation: z.string(),
  /** Those of a unit come right after it. */
  units: z.array(
    unitOutput.extend({
      /** 0 at the top. */
      depth: count,
      /** Of it and of the units below it. */
      members: count,
      /** Of these, who are of no chapter. */
      withoutChapter: count,
    }),
  ),
  members: count,
  /** Members who are of no unit at all. */
  ofNone: count,
})

export default class UnitList extends FileCommand {
  static override summary = 'List the units of an organisation, with how many members each has.'
  static override examples = ['<%= config.bin %> <%= command.id %>']
  static override flags = { organisation: organisationFlag }

  async run(): Promise<z.infer<typeof output>> {
    const { flags } = await this.parse(UnitList)
    const list = await this.withFile(flags, async (work) => {
      const { listUnits } = await import('../../src/organisation/list-units.ts')
      return listUnits(work, flags.organisation)
    })
    if (list.units.length === 0) this.say('There is no unit yet.')
    else {
      const rows = list.units.map(({ unit, name, kind, depth, members, withoutChapter }) => [
        `${'  '.repeat(depth)}${printable(name)}`,
        ...[unit, kind, formatCount(members), formatCount(withoutChapter)],
      ])
      const head = ['Unit', 'Short name', 'Kind', 'Members', 'Of no chapter']
      this.say(formatTable({ head, rows, right: [3, 4] }))
    }
    if (list.ofNone > 0) this.say(`${countOf(list.ofNone, 'member')} of no unit at all.`)
    const next =
      list.units.length === 0 ? 'urna unit add NAME --kind region' : 'urna election create --unit UNIT'
    this.next(`${next}${ofOrganisation(flags.organisation)}`)
    return list
  }
}
