import { Args, Flags } from '@oclif/core'
import type { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { ofOrganisation, organisationFlag } from '../../src/cli/organisation-flag.ts'
import { printable } from '../../src/cli/output.ts'
import { kindsOfUnit, unitOutput } from '../../src/cli/unit-output.ts'

export const output = unitOutput

export default class UnitAdd extends FileCommand {
  static override summary = 'Add a unit of the organisation: a region, a chapter, or a group of such.'
  static override description =
    'Members belong to the chapter of the name that is in their record, or else to the region, or else to the unit at the top. An election can be that of a unit (urna election create --unit), and an officer can act for one alone (urna officer add --unit).'
  static override examples = [
    '<%= config.bin %> <%= command.id %> "National Union" --kind group --slug national',
    '<%= config.bin %> <%= command.id %> North --kind region --parent national',
    '<%= config.bin %> <%= command.id %> Harbour --kind chapter --parent north',
  ]
  static override args = {
    name: Args.string({ description: 'What it is called, as members have it.', required: true }),
  }
  static override flags = {
    kind: Flags.option({
      description: 'Which members it has: of this region, of this chapter, or of the units below it alone.',
      options: kindsOfUnit,
      required: true,
    })(),
    parent: Flags.string({ description: 'Short name of the unit that holds it.', helpValue: 'UNIT' }),
    slug: Flags.string({ description: 'Short name, used in commands; without it, made from the name.' }),
    organisation: organisationFlag,
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(UnitAdd)
    const { kind, parent, slug, organisation } = flags
    const added = await this.withFile(flags, async (work) => {
      const { addUnit } = await import('../../src/organisation/units.ts')
      return addUnit(work, { organisation, name: args.name, kind, parent, slug })
    })
    this.say(`${printable(added.name)} is a ${added.kind}, as ${added.unit}.`)
    this.next(`urna unit list${ofOrganisation(organisation)}`)
    return added
  }
}
