import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { nominatedContest } from '../../src/cli/nomination-flags.ts'
import { countOf, printable } from '../../src/cli/output.ts'

export const output = z.strictObject({
  election: z.string(),
  /** Title. */
  contest: z.string(),
  name: z.string(),
  /** False for somebody who was nominated already. */
  added: z.boolean(),
  /** How many members have put them up, and how many it takes. */
  nominators: z.int().nonnegative(),
  needed: z.int().positive(),
})

export default class NominationAdd extends FileCommand {
  static override summary = 'Nominate somebody, in the name of members who want it.'
  static override description =
    'Who is nominated already, by member number or else by name, has these members behind them too. Each member counts once.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> "Ana Duarte" board-2026 --by 0042 --by 0107',
    '<%= config.bin %> <%= command.id %> "Ana Duarte" --member 0311 --by 0311',
  ]
  static override args = {
    name: Args.string({ description: 'The name for the ballot.', required: true }),
    election: electionArg,
  }
  static override flags = {
    contest: nominatedContest,
    by: Flags.string({
      description: 'Number of a member who nominates; may be the nominee.',
      multiple: true,
      multipleNonGreedy: true,
      required: true,
      helpValue: 'NUMBER',
    }),
    member: Flags.string({ description: 'Number of the nominee on the register.', helpValue: 'NUMBER' }),
    email: Flags.string({ description: "Where to reach the nominee; without it, the member's." }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(NominationAdd)
    const made = await this.withFile(flags, async (work) => {
      const { nominate } = await import('../../src/election/nominations/nominate.ts')
      const { contest, by, member, email } = flags
      return nominate(work, { ...args, election: args.election, contest, by, member, email })
    })
    const { election, contest, name, added, nominators, needed } = made
    this.say(
      `${printable(name)} ${added ? 'is' : 'was'} nominated for "${printable(contest)}"${added ? '' : ' already'}, by ${countOf(nominators, 'member')}${nominators < needed ? ` of the ${needed} that it takes` : ''}.`,
    )
    this.next(`urna nomination invite ${election} --links https://vote.example.org`)
    return made
  }
}
