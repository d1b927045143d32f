import { Args } from '@oclif/core'
import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { ofOrganisation, organisationFlag } from '../../src/cli/organisation-flag.ts'
import { countOf, printable } from '../../src/cli/output.ts'
import { output as added } from './add.ts'

export const output = added.extend({
  /** False if it was done already. */
  changed: z.boolean(),
  revokedKeys: z.int().nonnegative(),
})

export default class OfficerRemove extends FileCommand {
  static override summary = 'Remove an officer, whose keys and sessions end at once.'
  static override description =
    'The name stays in the list and in the log, which speak of what was done. The same person can be added again, and then needs a new key.'
  static override examples = ['<%= config.bin %> <%= command.id %> grace@example.org']
  static override args = {
    officer: Args.string({ description: 'E-mail address or name of the officer.', required: true }),
  }
  static override flags = { organisation: organisationFlag }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(OfficerRemove)
    const removed = await this.withFile(flags, async (work) => {
      const { removeOfficer } = await import('../../src/organisation/officers.ts')
      return removeOfficer(work, { organisation: flags.organisation, officer: args.officer })
    })
    const { name, organisation, changed, revokedKeys } = removed
    this.say(
      changed
        ? `${printable(name)} is no officer of ${organisation} any more; ${countOf(revokedKeys, 'key')} revoked.`
        : `${printable(name)} was removed from the officers of ${organisation} before.`,
    )
    this.next(`urna officer list${ofOrganisation(flags.organisation)}`)
    return removed
  }
}
