import { Flags } from '@oclif/core'
import type { z } from 'zod'
import { confirmDeed } from '../../src/cli/confirm.ts'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { countOf } from '../../src/cli/output.ts'
import { closedOutput, outputOfClosed } from '../../src/election/step-outputs.ts'

export const output = closedOutput

export default class ElectionClose extends FileCommand {
  static override summary = 'End the vote for good.'
  static override description =
    'No ballot is accepted after it. Those that count are added up while they are still sealed; nobody knows a result before the trustees have opened the box.'
  static override examples = ['<%= config.bin %> <%= command.id %> board-2026 --confirm board-2026']
  static override args = { election: electionArg }
  static override flags = {
    confirm: Flags.string({ description: 'The short name again, to confirm.', helpValue: 'ELECTION' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(ElectionClose)
    const closed = await this.withFile(flags, async (work) => {
      const [{ readElection }, { mayTake }, { closeElection }, { loadGroup }] = await Promise.all([
        import('../../src/election/read-election.ts'),
        import('../../src/election/take-step.ts'),
        import('../../src/election/close-election.ts'),
        import('../../src/sealing/group-sodium.ts'),
      ])
      const election = await readElection(work, args.election)
      if (mayTake(election, 'close')) {
        await confirmDeed({ deed: `Closing ${election.slug}`, name: election.slug, given: flags.confirm })
      }
      return closeElection({ work, group: await loadGroup() }, election.slug)
    })
    const { slug, changed, ballots, head } = closed
    if (changed) {
      this.say(`${slug} is closed with ${countOf(ballots ?? 0, 'ballot')}. The board ends with ${head}.`)
      this.note('Publish that hash: with it, nobody can change what is on the board without being noticed.')
    } else {
      this.say(`${slug} is closed already.`)
    }
    this.next(`urna tally run ${slug}`)
    return outputOfClosed(closed)
  }
}
