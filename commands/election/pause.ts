import type { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { outputOfPaused, pausedOutput } from '../../src/election/step-outputs.ts'

export const output = pausedOutput

export default class ElectionPause extends FileCommand {
  static override summary = 'Stop taking ballots for a while.'
  static override description =
    'Nothing is lost: the ballots that were cast stay, and no more are accepted until the election is opened again.'
  static override examples = ['<%= config.bin %> <%= command.id %> board-2026']
  static override args = { election: electionArg }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(ElectionPause)
    const paused = await this.withFile(flags, async (work) => {
      const { pauseElection } = await import('../../src/election/pause-election.ts')
      return pauseElection(work, args.election)
    })
    const { slug, changed } = paused
    this.say(changed ? `${slug} is paused: no ballot is accepted.` : `${slug} is paused already.`)
    this.next(`urna election open ${slug}`)
    return outputOfPaused(paused)
  }
}
