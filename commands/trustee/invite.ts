import { Flags } from '@oclif/core'
import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { printable } from '../../src/cli/output.ts'

export const output = z.strictObject({
  election: z.string(),
  server: z.string(),
  /** Whose invitations were written now. */
  invited: z.array(z.strictObject({ name: z.string(), file: z.string() })),
  /** Who has one from before. */
  standing: z.array(z.string()),
})

export default class TrusteeInvite extends FileCommand {
  static override summary = 'Invite the trustees to work through the server, each by a file of their own.'
  static override description =
    'With it each types urna trustee work on their own machine at every step, and no files go to and fro. Send each file to its trustee alone, by a way that you trust: whoever has it can begin the key ceremony in their name, which the trustee then sees. It opens no vote, and is kept here as a hash only.'
  static override examples = [
    '<%= config.bin %> trustee invite board-2026 --server https://vote.example.org',
    '<%= config.bin %> trustee invite board-2026 --server https://vote.example.org --again "Ruth Okafor"',
  ]
  static override args = { election: electionArg }
  static override flags = {
    server: Flags.string({
      description: 'The address of the server, as trustees reach it.',
      required: true,
      helpValue: 'URL',
    }),
    out: Flags.string({ description: 'Folder for the files.', default: '.' }),
    again: Flags.string({
      description: 'A new invitation for this trustee; the one before counts no more.',
      helpValue: 'NAME',
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(TrusteeInvite)
    const { inviteTrustees } = await import('../../src/tally/remote/invite-trustees.ts')
    const { server, out: folder, again } = flags
    const done = await this.withFile(flags, (work) =>
      inviteTrustees(work, { slug: args.election, server, folder, again }),
    )
    const { election, invited, standing } = done
    for (const { name, file } of invited) this.say(`${printable(name)}: ${printable(file)}`)
    if (invited.length === 0)
      this.say(`Every trustee of ${election} is invited already; nothing was changed.`)
    else this.note('Send each its own, and delete the files here: nobody else needs them.')
    if (standing.length > 0) {
      this.note(`Invited before: ${standing.map(printable).join(', ')}. For who lost theirs: --again NAME`)
    }
    this.note('Each types: urna trustee work FILE, and again whenever it is their turn.')
    this.next('urna serve')
    return done
  }
}
