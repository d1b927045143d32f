import { Flags } from '@oclif/core'
import { z } from 'zod'
import { confirmDeed } from '../../src/cli/confirm.ts'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { printable } from '../../src/cli/output.ts'

export const output = z.strictObject({ election: z.string(), deleted: z.literal(true) })

export default class ElectionDelete extends FileCommand {
  static override summary = 'Remove a draft, with its contests and tokens.'
  static override description =
    'Only a draft can be deleted. What has been open took place and is kept; it can be cancelled.'
  static override examples = ['<%= config.bin %> <%= command.id %> board-2026 --confirm board-2026']
  static override args = { election: electionArg }
  static override flags = {
    confirm: Flags.string({ description: 'The short name again, to confirm.', helpValue: 'ELECTION' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(ElectionDelete)
    const { slug, title } = await this.withFile(flags, async (work) => {
      const [{ readElection }, { deleteElection }] = await Promise.all([
        import('../../src/election/read-election.ts'),
        import('../../src/election/delete-election.ts'),
      ])
      const election = await readElection(work, args.election)
      if (election.status === 'draft') {
        await confirmDeed({ deed: `Deleting ${election.slug}`, name: election.slug, given: flags.confirm })
      }
      return deleteElection(work, election.slug)
    })
    this.say(`${slug} (${printable(title)}) is deleted.`)
    this.next('urna election create')
    return { election: slug, deleted: true }
  }
}
