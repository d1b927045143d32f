import { Flags } from '@oclif/core'
import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { standingOutput } from '../../src/cli/mailing-command.ts'
import { standingLines } from '../../src/cli/mailing-lines.ts'
import { countOf, printable } from '../../src/cli/output.ts'
import { unreachedReasons } from '../../src/mailing/unreached.ts'

export const output = z.strictObject({
  election: z.string(),
  mailings: z.array(standingOutput),
  unreached: z.array(z.strictObject({ reason: z.enum(unreachedReasons), count: z.int().positive() })),
  file: z.string().nullable(),
})

export default class SendStatus extends FileCommand {
  static override summary = 'Say how the mailings stand, and how many voters none of them reached.'
  static override description =
    'Only --unreached says who they are: those who have not voted and have no address, are unsubscribed, or whose mail was refused or came back. urna send letters prints letters for them.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> board-2026 --unreached unreached.csv',
  ]
  static override args = { election: electionArg }
  static override flags = {
    unreached: Flags.string({
      description: 'Write who was not reached, and why, to this CSV.',
      helpValue: 'FILE',
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(SendStatus)
    const status = await this.withFile(flags, async (work) => {
      const { mailingStatus } = await import('../../src/mailing/mailing-status.ts')
      return mailingStatus(work, { election: args.election, out: flags.unreached })
    })
    if (status.mailings.length === 0) this.say(`Nothing was sent for ${status.election} yet.`)
    for (const mailing of status.mailings) {
      this.say(
        `${printable(mailing.mailing)} (${mailing.channel}): ${countOf(mailing.states.sent, 'message')} sent.`,
      )
      for (const line of standingLines(mailing)) this.say(line)
    }
    const all = status.unreached.reduce((sum, { count }) => sum + count, 0)
    const why = status.unreached.map(({ reason, count }) => `${reason} ${count}`).join(', ')
    this.say(`${countOf(all, 'voter')} reached by no mailing${why === '' ? '' : `: ${why}`}.`)
    if (status.file !== null) this.say(`They are in ${printable(status.file)}.`)
    this.next(`urna send ${all > 0 ? 'letters' : 'reminders'} ${status.election}`)
    return status
  }
}
