import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { printable } from '../../src/cli/output.ts'
import { progressByLabel } from '../../src/cli/progress-by-label.ts'

export const output = z.strictObject({
  received: z.array(
    z.strictObject({
      file: z.string(),
      election: z.string(),
      kind: z.enum(['shuffle', 'decryption']),
      trustee: z.strictObject({ position: z.int(), name: z.string() }),
      changed: z.boolean(),
    }),
  ),
})

export default class TrusteeReceive extends FileCommand {
  static override summary = 'Verify what trustees sent back, and put it on the board.'
  static override description =
    'Each file says which election it is of. What does not verify is refused by the name of its trustee, and nothing is changed; what was received before is left as it is.'
  static override examples = [
    '<%= config.bin %> trustee receive ruth-okafor.8kTzVh2mPqWxYa.shuffle.json',
    '<%= config.bin %> trustee receive *.decryption.json --election board-2026',
  ]
  static override args = {
    files: Args.string({ description: 'The files that trustees sent.', required: true, multiple: true }),
  }
  static override flags = {
    election: Flags.string({ description: 'Refuse files of any other election than this.' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(TrusteeReceive)
    const [{ readContributions, receiveContribution }, { loadGroup }] = await Promise.all([
      import('../../src/tally/receive-contribution.ts'),
      import('../../src/sealing/group-sodium.ts'),
    ])
    const contributions = await readContributions(args.files)
    const group = await loadGroup()
    return this.withFile(flags, async (work) => {
      const received: z.infer<typeof output>['received'] = []
      for (const each of contributions) {
        const progress = progressByLabel()
        try {
          const update = (done: number, total: number) => progress.update('Verifying', done, total)
          const one = await receiveContribution(
            { work, group },
            { slug: flags.election, ...each, progress: update },
          )
          progress.stop()
          received.push(one)
          const what = `the ${one.kind} of ${printable(one.trustee.name)}`
          this.say(
            one.changed
              ? `✓ ${printable(one.file)}: ${what} holds, and is on the board.`
              : `✓ ${printable(one.file)}: ${what} was already received.`,
          )
        } finally {
          progress.stop()
        }
      }
      this.next(`urna tally run ${received.at(-1)?.election ?? ''}`.trim())
      return { received }
    })
  }
}
