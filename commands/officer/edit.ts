import { Args, Flags } from '@oclif/core'
import type { z } from 'zod'
import { changeLines } from '../../src/cli/change-lines.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { ofOrganisation, organisationFlag } from '../../src/cli/organisation-flag.ts'
import { printable } from '../../src/cli/output.ts'
import { changesOutput, outputOfChanges } from '../../src/election/draft-outputs.ts'
import { given } from '../../src/given.ts'
import { roles } from '../../src/organisation/roles.ts'
import { output as added } from './add.ts'

export const output = added.extend({
  /** Empty where it was all like that already. */
  changes: changesOutput,
})

export default class OfficerEdit extends FileCommand {
  static override summary = 'Change the name, address, role or unit of an officer.'
  static override description =
    'What is left out stays as it is. Another role holds at once, for keys and open sessions too; a key never gains by it.'
  static override examples = ['<%= config.bin %> <%= command.id %> grace@example.org --role observer']
  static override args = {
    officer: Args.string({ description: 'E-mail address or name of the officer.', required: true }),
  }
  static override flags = {
    name: Flags.string({ description: 'Name of the officer.' }),
    email: Flags.string({ description: 'E-mail address.' }),
    role: Flags.option({ description: 'What the officer is there for.', options: roles })(),
    unit: Flags.string({
      description:
        'Short name of the unit for whose elections alone the officer acts; none for the whole organisation.',
      helpValue: 'UNIT',
    }),
    organisation: organisationFlag,
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(OfficerEdit)
    const { name, email, role, unit, organisation } = flags
    const { changes, ...officer } = await this.withFile(flags, async (work) => {
      const { editOfficer } = await import('../../src/organisation/officers.ts')
      return editOfficer(work, {
        ...{ organisation, officer: args.officer },
        changes: given({ name, email, role, unit: unit === 'none' ? null : unit }),
      })
    })
    const called = printable(officer.name)
    this.say(
      changes.length === 0 ? `Nothing to change: ${called} is like that already.` : `${called} is changed:`,
    )
    for (const line of changeLines(changes)) this.say(line)
    this.next(`urna officer list${ofOrganisation(organisation)}`)
    return { ...officer, changes: outputOfChanges(changes) }
  }
}
