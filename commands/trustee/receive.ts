import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { progressByLabel } from '../../src/cli/progress-by-label.ts'
import { afterReceived, receivedLine } from '../../src/cli/received-lines.ts'

export const output = z.strictObject({
  received: z.array(
    z.strictObject({
      file: z.string(),
      election: z.string(),
      kind: z.enum(['certificate', 'shares', 'public_key', 'rehearsal', 'shuffle', 'decryption']),
      /** The position is null until the key ceremony of the trustee's group is over. */
      trustee: z.strictObject({ position: z.int().nullable(), name: z.string() }),
      changed: z.boolean(),
      /** Whether enough of the trustee's group had done their part, so that it was left out. */
      enough: z.boolean(),
      /** Who has yet to do this step, before the opening; null afterwards. */
      awaited: z.array(z.string()).nullable(),
    }),
  ),
})

export default class TrusteeReceive extends FileCommand {
  static override summary =
    'Verify what trustees sent, in the key ceremony, the rehearsal or the tally, and keep it.'
  static override description =
    'Each file says which election and which step it is of, and is signed by its trustee; shuffles and decryptions go on the board. What does not verify is refused by the name of its trustee, and nothing is changed; what was received before is left as it is.'
  static override examples = [
    '<%= config.bin %> trustee receive *.certificate.json',
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
    const [{ readTrusteeFiles, receiveFile }, { loadGroup }] = await Promise.all([
      import('../../src/tally/receive-files.ts'),
      import('../../src/sealing/group-sodium.ts'),
    ])
    const files = await readTrusteeFiles(args.files)
    const group = await loadGroup()
    return this.withFile(flags, async (work) => {
      const received: z.infer<typeof output>['received'] = []
      for (const each of files) {
        const progress = progressByLabel()
        try {
          const update = (done: number, total: number) => progress.update('Verifying', done, total)
          const one = await receiveFile({ work, group }, { slug: flags.election, ...each, progress: update })
          progress.stop()
          received.push(one)
          this.say(receivedLine(one))
        } finally {
          progress.stop()
        }
      }
      const { note, next } = afterReceived(received.at(-1))
      if (note !== undefined) this.note(note)
      this.next(next)
      return { received }
    })
  }
}
