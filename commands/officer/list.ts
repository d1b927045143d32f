import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { ofOrganisation, organisationFlag } from '../../src/cli/organisation-flag.ts'
import { formatTable, printable } from '../../src/cli/output.ts'
import { output as added } from './add.ts'

export const output = z.strictObject({
  officers: z.array(
    added.extend({
      /** With which the officer signs; null for who has none. */
      publicKey: z.string().nullable(),
      /** ISO 8601 in UTC. */
      since: z.string(),
      /** ISO 8601 in UTC; null for whoever is an officer still. */
      removedAt: z.string().nullable(),
    }),
  ),
})

export default class OfficerList extends FileCommand {
  static override summary = 'List the officers of an organisation, those who were removed at the end.'
  static override examples = ['<%= config.bin %> <%= command.id %>']
  static override flags = { organisation: organisationFlag }

  async run(): Promise<z.infer<typeof output>> {
    const { flags } = await this.parse(OfficerList)
    const officers = await this.withFile(flags, async (work) => {
      const { listOfficers } = await import('../../src/organisation/officers.ts')
      return listOfficers(work, flags.organisation)
    })
    if (officers.length === 0) this.say('There is no officer yet.')
    else {
      this.say(
        formatTable({
          head: ['Name', 'E-mail', 'Role', 'Unit', 'Signs with', 'Since', 'Until'],
          rows: officers.map(({ name, email, role, unit, publicKey, since, removedAt }) => [
            printable(name),
            printable(email),
            role,
            unit ?? '',
            publicKey === null ? '' : `${publicKey.slice(0, 8)}…`,
            since.slice(0, 10),
            removedAt?.slice(0, 10) ?? '',
          ]),
        }),
      )
    }
    const next = officers.length === 0 ? 'urna officer add NAME' : 'urna key list'
    this.next(`${next}${ofOrganisation(flags.organisation)}`)
    return { officers }
  }
}
