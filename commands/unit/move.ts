import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { ofOrganisation, organisationFlag } from '../../src/cli/organisation-flag.ts'
import { unitOutput } from '../../src/cli/unit-output.ts'

export const output = unitOutput.extend({
  /** False if it was there already. */
  changed: z.boolean(),
})

export default class UnitMove extends FileCommand {
  static override summary = 'Put a unit, with all below it, under another one.'
  static override description =
    'Drafts follow at once; the roll of an election that was opened stays as it is. Officers of a unit may then act for whatever is below it now.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> harbour --to south',
    '<%= config.bin %> <%= command.id %> north --to none',
  ]
  static override args = {
    unit: Args.string({ description: 'Short name of the unit.', required: true }),
  }
  static override flags = {
    to: Flags.string({
      description: 'Short name of the unit that is to hold it; none for the top.',
      helpValue: 'UNIT',
      required: true,
    }),
    organisation: organisationFlag,
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(UnitMove)
    const { organisation, to } = flags
    const moved = await this.withFile(flags, async (work) => {
      const { moveUnit } = await import('../../src/organisation/units.ts')
      return moveUnit(work, { organisation, unit: args.unit, to: to === 'none' ? undefined : to })
    })
    const place = moved.parent === null ? 'at the top' : `below ${moved.parent}`
    this.say(`${moved.unit} is ${moved.changed ? 'now' : 'already'} ${place}.`)
    this.next(`urna unit list${ofOrganisation(organisation)}`)
    return moved
  }
}
