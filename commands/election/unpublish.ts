import { Flags } from '@oclif/core'
import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'

export const output = z.strictObject({
  election: z.string(),
  /** False where no publication was to come. */
  changed: z.boolean(),
})

export default class ElectionUnpublish extends FileCommand {
  static override summary = 'Call off a publication of the result that is still to come.'
  static override description = 'What is published stays published: people have read it.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> board-2026 --reason "a recount is demanded"',
  ]
  static override args = { election: electionArg }
  static override flags = {
    reason: Flags.string({ description: 'Why, for the audit log.' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(ElectionUnpublish)
    const { election, changed } = await this.withFile(flags, async (work) => {
      const { unpublishResult } = await import('../../src/election/publication.ts')
      return unpublishResult(work, { election: args.election, reason: flags.reason })
    })
    this.say(
      changed
        ? `The result of ${election} is not published at the time that was set.`
        : `No publication of ${election} was to come.`,
    )
    this.next(`urna election publish ${election}`)
    return { election, changed }
  }
}
