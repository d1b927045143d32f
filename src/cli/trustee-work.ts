import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { UrnaCommand } from './base-command.ts'
import { printable } from './output.ts'
import { progressByLabel } from './progress-by-label.ts'

export const contributionOutput = z.strictObject({
  file: z.string(),
  election: z.strictObject({ name: z.string(), uuid: z.string() }),
  trustee: z.int(),
  head: z.string(),
})

export type ContributionOutput = z.infer<typeof contributionOutput>

/**
 * What `trustee shuffle` and `trustee decrypt` share: a trustee's own machine, an archive and a key. Each names
 * `args` and `flags` as its own: oclif's parser does not look at inherited ones.
 */
export abstract class TrusteeWorkCommand extends UrnaCommand {
  static override args = {
    archive: Args.string({ description: 'The public archive that the officer sent.', required: true }),
  }
  static override flags = {
    key: Flags.string({ description: 'Your private key: NAME.private.json', required: true }),
    out: Flags.string({
      description: 'File to write; without it, beside the key, named after the key and the election.',
    }),
  }

  protected async contribute(
    part: { kind: 'shuffle' } | { kind: 'decryption'; shuffle: string | undefined },
    input: { archive: string; key: string; out: string | undefined },
  ): Promise<ContributionOutput> {
    const [{ makeContribution }, { loadGroup }] = await Promise.all([
      import('../tally/make-contribution.ts'),
      import('../sealing/group-sodium.ts'),
    ])
    const progress = progressByLabel()
    try {
      const made = await makeContribution(await loadGroup(), {
        ...(part.kind === 'shuffle' ? part : { kind: part.kind, ownShuffle: part.shuffle }),
        archive: input.archive,
        keyFile: input.key,
        out: input.out,
        progress: progress.update,
      })
      progress.stop()
      this.say(`${printable(made.election.name)}: the archive holds, and your ${part.kind} is made.`)
      this.say(`Send this file to the election officer: ${printable(made.file)}`)
      this.note(`It was made from the archive with the head ${made.head}.`)
      this.next(`the officer types: urna trustee receive ${printable(made.file)}`)
      return made
    } finally {
      progress.stop()
    }
  }
}
