import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { ofOrganisation, organisationFlag } from '../../src/cli/organisation-flag.ts'
import { formatTable, printable } from '../../src/cli/output.ts'
import { described } from './create.ts'

export const output = z.strictObject({
  keys: z.array(
    described.extend({
      state: z.enum(['good', 'expired', 'revoked']),
      createdAt: z.string(),
      /** ISO 8601 in UTC, to the minute; null if it never was. */
      usedAt: z.string().nullable(),
    }),
  ),
})

export default class KeyList extends FileCommand {
  static override summary = 'List the API keys of an organisation, the latest first; never a key itself.'
  static override examples = ['<%= config.bin %> <%= command.id %>']
  static override flags = { organisation: organisationFlag }

  async run(): Promise<z.infer<typeof output>> {
    const { flags } = await this.parse(KeyList)
    const keys = await this.withFile(flags, async (work) => {
      const { listKeys } = await import('../../src/organisation/keys.ts')
      return listKeys(work, flags.organisation)
    })
    if (keys.length === 0) this.say('There is no key yet.')
    else {
      this.say(
        formatTable({
          head: ['Key', 'Officer', 'State', 'Until', 'Last used', 'For'],
          rows: keys.map(({ handle, officer, state, expiresAt, usedAt, scopes, dryRun }) => [
            handle,
            printable(officer),
            state,
            expiresAt.slice(0, 10),
            usedAt?.slice(0, 16).replace('T', ' ') ?? 'never',
            `${dryRun ? 'trying out: ' : ''}${scopes.join(', ')}`,
          ]),
        }),
      )
    }
    const within = ofOrganisation(flags.organisation)
    this.next(keys.length === 0 ? `urna key create OFFICER --scope all${within}` : 'urna key revoke KEY')
    return { keys }
  }
}
