import { Args, Flags } from '@oclif/core'
import { inElection, reasonFlag, scopeFlags } from '../../src/cli/delegation-flags.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { prose } from '../../src/cli/prose.ts'
import { type GaveVoteOutput, gaveVoteOutput } from '../../src/register/delegation-outputs.ts'

export const output = gaveVoteOutput

export default class DelegationAdd extends FileCommand {
  static override summary = "Give a member's vote to another member, who casts it in their stead."
  static override description =
    'A vote is passed on once: who casts it for another has not given away a vote. Elections that allow it take their delegations with the roll, when they open; in one that is open it is a correction, and the other votes with a reserve token. Who casts a vote for another need not be on the roll.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 10234 10077 --reason "letter of 3 March"',
    '<%= config.bin %> <%= command.id %> 10234 10077 --election board-2026 --expires "2026-12-03 18:00" --reason "is abroad"',
  ]
  static override args = {
    from: Args.string({ description: 'Number of the member whose vote it is.', required: true }),
    to: Args.string({ description: 'Number of the member who casts it.', required: true }),
  }
  static override flags = {
    ...scopeFlags,
    reason: reasonFlag,
    expires: Flags.string({
      description: 'When the vote goes back, in the zone of the election, or in UTC; without it, never.',
      helpValue: 'TIME',
    }),
  }

  async run(): Promise<GaveVoteOutput> {
    const { args, flags } = await this.parse(DelegationAdd)
    const { election, organisation, reason, expires } = flags
    const gave = await this.withFile(flags, async (work) => {
      const { giveVote } = await import('../../src/register/give-vote.ts')
      return giveVote(work, {
        ...{ represented: args.from, acting: args.to, reason, expires },
        ...{ election, organisation },
      })
    })
    const { represented, acting, changed, reserve } = gave
    const done = changed ? 'is given' : 'was given already'
    this.say(
      prose(
        `The vote of ${represented.number} ${represented.name} ${done} to ${acting.number} ${acting.name}${gave.election === undefined ? '' : ` in ${gave.election}`}.`,
      ),
    )
    if (reserve !== null) this.say(`Hand out the line ${reserve} of the file of tokens for it.`)
    this.next(`urna delegation list${inElection(gave.election)}`)
    return { ...gave, election: gave.election ?? null }
  }
}
