import type { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { ofOrganisation, organisationFlag } from '../../src/cli/organisation-flag.ts'
import { countOf, formatTable, printable } from '../../src/cli/output.ts'
import { presenceListOutput } from '../../src/register/room-outputs.ts'

export const output = presenceListOutput

export default class PresenceList extends FileCommand {
  static override summary = 'List who is present.'
  static override examples = ['<%= config.bin %> <%= command.id %>']
  static override flags = { organisation: organisationFlag }

  async run(): Promise<z.infer<typeof output>> {
    const { flags } = await this.parse(PresenceList)
    const listed = await this.withFile(flags, async (work) => {
      const { listPresent } = await import('../../src/register/presence.ts')
      return listPresent(work, flags.organisation)
    })
    this.say(`${countOf(listed.present.length, 'member')} present.`)
    if (listed.present.length > 0) {
      const rows = listed.present.map(({ number, name, since }) => [
        printable(number),
        printable(name),
        `${since.slice(0, 16).replace('T', ' ')} UTC`,
      ])
      this.say(formatTable({ head: ['Number', 'Name', 'Since'], rows }))
    }
    this.next(`urna presence set${ofOrganisation(flags.organisation)} --present NUMBER`)
    return listed
  }
}
