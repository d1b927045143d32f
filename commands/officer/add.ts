import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { ofOrganisation, organisationFlag } from '../../src/cli/organisation-flag.ts'
import { printable } from '../../src/cli/output.ts'
import { roles } from '../../src/organisation/roles.ts'

export const output = z.strictObject({
  organisation: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  /** For whose elections alone the officer acts; null for the whole organisation. */
  unit: z.string().nullable(),
})

export default class OfficerAdd extends FileCommand {
  static override summary = 'Add an officer of an organisation, with a role.'
  static override description =
    'The role says what the officer may do through a server (docs/roles.md). By itself it opens nothing: the officer needs a key, which urna key create makes. Whoever has the file and its passphrase needs no role.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> "Grace Hopper" --email grace@example.org --role admin',
    '<%= config.bin %> <%= command.id %> "Ida Rhodes" --email ida@example.org --role unit-officer --unit north',
  ]
  static override args = {
    name: Args.string({ description: 'Name of the officer, for the audit log.', required: true }),
  }
  static override flags = {
    email: Flags.string({ description: 'E-mail address; each officer has another.', required: true }),
    role: Flags.option({
      description: 'What the officer is there for.',
      options: roles,
      required: true,
    })(),
    unit: Flags.string({
      description:
        'Short name of the unit for whose elections alone the officer acts; without it, the whole organisation.',
      helpValue: 'UNIT',
    }),
    organisation: organisationFlag,
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(OfficerAdd)
    const { email, role, unit, organisation } = flags
    const added = await this.withFile(flags, async (work) => {
      const { addOfficer } = await import('../../src/organisation/officers.ts')
      return addOfficer(work, { organisation, name: args.name, email, role, unit })
    })
    const place = added.unit === null ? added.organisation : `${added.unit} in ${added.organisation}`
    this.say(`${printable(added.name)} is ${added.role} of ${place}.`)
    this.next(`urna key create ${added.email} --scope all${ofOrganisation(organisation)}`)
    return added
  }
}
