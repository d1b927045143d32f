import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'

export const output = z.strictObject({
  election: z.string(),
  status: z.literal('archived'),
  changed: z.boolean(),
})

export default class ElectionArchive extends FileCommand {
  static override summary = 'Put a certified election away.'
  static override description =
    'It stays readable, exportable and verifiable, and nothing can be done with it any more.'
  static override examples = ['<%= config.bin %> <%= command.id %> board-2026']
  static override args = { election: electionArg }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(ElectionArchive)
    const { slug, changed } = await this.withFile(flags, async (work) => {
      const { archiveElection } = await import('../../src/election/archive-election.ts')
      return archiveElection(work, args.election)
    })
    this.say(changed ? `${slug} is archived.` : `${slug} is archived already.`)
    this.next(`urna export archive ${slug}`)
    return { election: slug, status: 'archived', changed }
  }
}
