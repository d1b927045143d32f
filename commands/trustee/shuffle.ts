import {
  type ContributionOutput,
  contributionOutput,
  TrusteeWorkCommand,
} from '../../src/cli/trustee-work.ts'

export const output = contributionOutput

export default class TrusteeShuffle extends TrusteeWorkCommand {
  static override summary = 'Shuffle the sealed ballots of a closed election, on your own machine.'
  static override description =
    'Works on the public archive alone. The whole archive is verified first. Every ballot is sealed anew and put in an order that only chance knows, with a proof that none was changed, added or dropped; the order is forgotten. Keep the file that you send: trustee decrypt compares it with the archive.'
  static override examples = [
    '<%= config.bin %> trustee shuffle 8kTzVh2mPqWxYa.bel --key ruth-okafor.private.json',
  ]
  static override args = TrusteeWorkCommand.args
  static override flags = TrusteeWorkCommand.flags

  async run(): Promise<ContributionOutput> {
    const { args, flags } = await this.parse(TrusteeShuffle)
    return this.contribute({ kind: 'shuffle' }, { archive: args.archive, key: flags.key, out: flags.out })
  }
}
