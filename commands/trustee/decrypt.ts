import { Flags } from '@oclif/core'
import {
  type ContributionOutput,
  contributionOutput,
  TrusteeWorkCommand,
} from '../../src/cli/trustee-work.ts'

export const output = contributionOutput

export default class TrusteeDecrypt extends TrusteeWorkCommand {
  static override summary = 'Give your part in opening the tally of an election, on your own machine.'
  static override description =
    'Works on the public archive alone. The whole archive is verified first: that only totals, or ballots shuffled by you too, are opened. The shuffle under your name must be the very one that you sent: nobody else can tell. Your key does not leave this machine, and your part alone opens nothing.'
  static override examples = [
    '<%= config.bin %> trustee decrypt 8kTzVh2mPqWxYa.bel --key ruth-okafor.private.json',
  ]
  static override args = TrusteeWorkCommand.args
  static override flags = {
    ...TrusteeWorkCommand.flags,
    shuffle: Flags.string({
      description:
        'The shuffle that you sent, to be found in the archive where ballots are opened one by one; without it, the one beside the key that trustee shuffle wrote.',
    }),
  }

  async run(): Promise<ContributionOutput> {
    const { args, flags } = await this.parse(TrusteeDecrypt)
    const { archive } = args
    const { key, out, shuffle } = flags
    return this.contribute({ kind: 'decryption', shuffle }, { archive, key, out })
  }
}
