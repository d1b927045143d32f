import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { formatCount, formatTable, printable } from '../../src/cli/output.ts'

const count = z.int().nonnegative()

export const output = z.strictObject({
  organisations: z.array(
    z.strictObject({
      organisation: z.string(),
      name: z.string(),
      hosts: z.array(z.string()),
      members: count,
      elections: count,
      officers: count,
    }),
  ),
})

export default class OrganisationList extends FileCommand {
  static override summary = 'List the organisations of the file.'
  static override examples = ['<%= config.bin %> <%= command.id %>']

  async run(): Promise<z.infer<typeof output>> {
    const { flags } = await this.parse(OrganisationList)
    const listed = await this.withFile(flags, async (work) => {
      const { listOrganisations } = await import('../../src/organisation/list-organisations.ts')
      return listOrganisations(work)
    })
    this.say(
      formatTable({
        head: ['Organisation', 'Name', 'Members', 'Elections', 'Officers', 'Hosts'],
        rows: listed.map(({ slug, name, members, elections, officers, hosts }) => [
          slug,
          printable(name),
          ...[members, elections, officers].map(formatCount),
          hosts.join(', '),
        ]),
        right: [2, 3, 4],
      }),
    )
    this.next(listed.length === 1 ? 'urna officer list' : 'urna officer list --organisation ORGANISATION')
    return {
      organisations: listed.map(({ slug, id: _id, ...each }) => ({ organisation: slug, ...each })),
    }
  }
}
