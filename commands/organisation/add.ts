import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { printable } from '../../src/cli/output.ts'

export const output = z.strictObject({
  /** Its short name. */
  organisation: z.string(),
  name: z.string(),
  hosts: z.array(z.string()),
})

export default class OrganisationAdd extends FileCommand {
  static override summary = 'Add an organisation to the file.'
  static override description =
    'It has members, elections and officers of its own, and sees nothing of the others. Whoever has the file and its passphrase sees them all. Where a file has several, commands want to know which: --organisation.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> "Rail Workers, Southern Chapter"',
    '<%= config.bin %> <%= command.id %> "Harbour Rowing Club" --slug rowing --host vote.rowing.example',
  ]
  static override args = {
    name: Args.string({ description: 'What it is called.', required: true }),
  }
  static override flags = {
    slug: Flags.string({
      description: 'Short name, used in commands; without it, made from the name.',
    }),
    host: Flags.string({
      description: 'A hostname under which a server is asked for this organisation; as often as needed.',
      multiple: true,
      multipleNonGreedy: true,
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(OrganisationAdd)
    const { slug, name, hosts } = await this.withFile(flags, async (work) => {
      const { addOrganisation } = await import('../../src/organisation/add-organisation.ts')
      return addOrganisation(work, { name: args.name, slug: flags.slug, hosts: flags.host })
    })
    this.say(`${printable(name)} is in the file, as ${slug}.`)
    this.next(`urna voter import members.csv --organisation ${slug}`)
    return { organisation: slug, name, hosts }
  }
}
