import { Args } from '@oclif/core'
import type { z } from 'zod'
import { inElection, reasonFlag, scopeFlags } from '../../src/cli/delegation-flags.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { prose } from '../../src/cli/prose.ts'
import { tookVoteBackOutput } from '../../src/register/delegation-outputs.ts'

export const output = tookVoteBackOutput

export default class DelegationRevoke extends FileCommand {
  static override summary = 'Take a vote back that was given to another member.'
  static override description =
    'In an open election that is possible until the other has cast it, and the token for it is revoked at once.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 10234 --reason "is back"',
    '<%= config.bin %> <%= command.id %> 10234 --election board-2026 --reason "came after all"',
  ]
  static override args = {
    from: Args.string({ description: 'Number of the member whose vote it is.', required: true }),
  }
  static override flags = { ...scopeFlags, reason: reasonFlag }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(DelegationRevoke)
    const { election, organisation, reason } = flags
    const took = await this.withFile(flags, async (work) => {
      const { takeVoteBack } = await import('../../src/register/take-vote-back.ts')
      return takeVoteBack(work, { represented: args.from, election, organisation, reason })
    })
    this.say(prose(`${took.acting} does not cast the vote of ${took.represented} any more.`))
    if (took.tokenNeeded) this.note(`${took.represented} needs a token of the reserve to vote.`)
    this.next(
      took.tokenNeeded
        ? `urna token issue ${took.election}`
        : `urna delegation list${inElection(took.election)}`,
    )
    return { ...took, election: took.election ?? null }
  }
}
