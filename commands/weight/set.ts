import { Args, Flags } from '@oclif/core'
import type { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { prose } from '../../src/cli/prose.ts'
import { InvalidInput } from '../../src/cli/refusals.ts'
import { setWeightOutput } from '../../src/register/room-outputs.ts'

export const output = setWeightOutput

export default class WeightSet extends FileCommand {
  static override summary = 'Say what a member weighs in one election alone.'
  static override description =
    'What members weigh elsewhere comes with urna voter import. Weights are fixed with the roll when the election opens. In one with --equal-weights everybody has one vote, whatever was said here.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 10234 2.5 board-2026',
    '<%= config.bin %> <%= command.id %> 10234 --usual board-2026',
  ]
  static override args = {
    number: Args.string({ description: 'Number of the member.', required: true }),
    weight: Args.string({ description: 'In votes, with up to six decimal places.' }),
    election: electionArg,
  }
  static override flags = {
    usual: Flags.string({
      description: 'As the member weighs elsewhere, in this election.',
      helpValue: 'ELECTION',
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(WeightSet)
    if ((args.weight === undefined) === (flags.usual === undefined)) {
      throw new InvalidInput('Give a weight, or --usual ELECTION.')
    }
    const set = await this.withFile(flags, async (work) => {
      const { setWeight } = await import('../../src/register/set-weight.ts')
      const { number, weight } = args
      return setWeight(work, { election: flags.usual ?? args.election, number, weight })
    })
    const { election, number, name, weight, changed } = set
    this.say(prose(`${number} ${name} ${changed ? 'now weighs' : 'weighs'} ${weight} in ${election}.`))
    this.next(`urna roll show ${election}`)
    return set
  }
}
