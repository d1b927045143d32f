import { Args } from '@oclif/core'
import type { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { ofOrganisation, organisationFlag } from '../../src/cli/organisation-flag.ts'
import { unitOutput } from '../../src/cli/unit-output.ts'

export const output = unitOutput

export default class UnitRemove extends FileCommand {
  static override summary = 'Remove a unit that has no other unit, no officer and no election.'
  static override description = 'Its members stay: they are then members of the unit above it.'
  static override examples = ['<%= config.bin %> <%= command.id %> harbour']
  static override args = {
    unit: Args.string({ description: 'Short name of the unit.', required: true }),
  }
  static override flags = { organisation: organisationFlag }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(UnitRemove)
    const { organisation } = flags
    const removed = await this.withFile(flags, async (work) => {
      const { removeUnit } = await import('../../src/organisation/units.ts')
      return removeUnit(work, { organisation, unit: args.unit })
    })
    this.say(`${removed.unit} is removed.`)
    this.next(`urna unit list${ofOrganisation(organisation)}`)
    return removed
  }
}
