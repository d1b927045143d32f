import { Args, Flags } from '@oclif/core'
import type { z } from 'zod'
import { UrnaCommand } from '../src/cli/base-command.ts'
import { progressByLabel } from '../src/cli/progress-by-label.ts'
import { writeInFlag } from '../src/cli/write-in-flag.ts'
import { verificationSchema } from '../src/report/verification-schema.ts'

export const output = verificationSchema

export default class Verify extends UrnaCommand {
  static override summary = 'Verify an election from its public archive alone.'
  static override description =
    'No .urna file, no passphrase and no secret is needed. Checks every byte, every signature and every proof, that the result is what the trustees opened, and counts the winners again. Ends with status 6 at the first doubt, naming the place.'
  static override examples = [
    '<%= config.bin %> verify 8kTzVh2mPqWxYa.bel',
    '<%= config.bin %> verify 8kTzVh2mPqWxYa.bel --complete --json',
    '<%= config.bin %> verify 8kTzVh2mPqWxYa.bel --since verified.json',
  ]
  static override args = {
    archive: Args.string({
      description: 'The public archive, as urna export archive wrote it.',
      required: true,
    }),
  }
  static override flags = {
    complete: Flags.boolean({ description: 'Fail too if the archive does not reach to the result.' }),
    jobs: Flags.integer({
      description: 'How many processor cores to use; all of them unless you say fewer.',
      min: 1,
    }),
    since: Flags.string({
      description:
        'Remember in this file what is verified, and check proofs only for what has come since the last time. Whoever can write it is believed.',
      helpValue: 'FILE',
    }),
    seed: Flags.string({ description: 'The published seed of the lot that decided ties.' }),
    'write-in': Flags.string({
      ...writeInFlag,
      description: 'A published decision of a name that voters wrote in, as the result has it.',
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(Verify)
    const [
      { verify },
      { readPrefixFile, writePrefixFile },
      { requireVerified },
      { verificationText },
      { parseWriteInDecision },
    ] = await Promise.all([
      import('../src/verify/node.ts'),
      import('../src/verify/prefix-file.ts'),
      import('../src/tally/require-verified.ts'),
      import('../src/cli/show-verification.ts'),
      import('../src/tally/write-in-decisions.ts'),
    ])
    const since = flags.since === undefined ? undefined : await readPrefixFile(flags.since)
    const progress = progressByLabel()
    const found = await verify(args.archive, {
      ...{ seed: flags.seed, jobs: flags.jobs, since },
      writeIns: flags['write-in']?.map(parseWriteInDecision),
      onRead: (done, total) => progress.update('Verifying', done, total),
    }).finally(progress.stop)
    const verification = output.parse(found)
    this.say(verificationText(verification))
    requireVerified(verification, { wanted: flags.complete ? 'complete' : 'any stage' })
    const { prefix } = verification
    if (flags.since !== undefined && prefix !== null) await writePrefixFile(flags.since, prefix)
    return verification
  }
}
