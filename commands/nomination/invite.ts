import { Flags } from '@oclif/core'
import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { nominatedContest } from '../../src/cli/nomination-flags.ts'
import { countOf, printable } from '../../src/cli/output.ts'

export const output = z.strictObject({
  election: z.string(),
  /** Title. */
  contest: z.string(),
  /** Null where nobody was left to invite. */
  file: z.string().nullable(),
  /** Who got a link now. */
  invited: z.array(z.string()),
  /** Who has one from before. */
  standing: z.array(z.string()),
})

export default class NominationInvite extends FileCommand {
  static override summary = 'Make a link for each nominee, by which they accept or decline.'
  static override description =
    'The links are in one CSV file with names and addresses, and here as hashes only. They are good until the nominations end. Send each to its nominee alone: whoever has it answers in their name.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> board-2026 --links https://vote.example.org',
    '<%= config.bin %> <%= command.id %> board-2026 --links https://vote.example.org --again "Ana Duarte"',
  ]
  static override args = { election: electionArg }
  static override flags = {
    contest: nominatedContest,
    links: Flags.string({
      description: 'The address of the server, as nominees reach it.',
      required: true,
      helpValue: 'URL',
    }),
    out: Flags.string({ description: 'The file for the links.', default: 'nominees.csv', helpValue: 'FILE' }),
    again: Flags.string({
      description: 'A new link for this nominee; the one before counts no more.',
      helpValue: 'NAME',
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(NominationInvite)
    const done = await this.withFile(flags, async (work) => {
      const { inviteNominees } = await import('../../src/election/nominations/invite-nominees.ts')
      const { contest, links, out: file, again } = flags
      return inviteNominees(work, { election: args.election, contest, links, file, again })
    })
    const { election, contest, file, invited, standing } = done
    if (file === null) this.say(`Every nominee for "${printable(contest)}" has a link; nothing was changed.`)
    else this.say(`${countOf(invited.length, 'link')} for "${printable(contest)}": ${printable(file)}`)
    if (file !== null) this.note('Send each its own, and delete the file: nobody else needs it.')
    if (standing.length > 0)
      this.note(`Have one from before: ${standing.map(printable).join(', ')}. For who lost it: --again NAME`)
    this.next(`urna nomination list ${election}`)
    return done
  }
}
