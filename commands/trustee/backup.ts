import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { UrnaCommand } from '../../src/cli/base-command.ts'
import { printable } from '../../src/cli/output.ts'

export const output = z.strictObject({ file: z.string(), name: z.string(), publicKey: z.string() })

export default class TrusteeBackup extends UrnaCommand {
  static override summary = 'Write your private key as a sheet to be printed: 24 words, and a QR code.'
  static override description =
    'The sheet is the key: print it on a printer that you trust, delete the file, and lock the paper away. The words are shown nowhere else.'
  static override examples = ['<%= config.bin %> trustee backup ruth-okafor.private.json --out key.pdf']
  static override args = {
    key: Args.string({ description: 'Your private key: NAME.private.json', required: true }),
  }
  static override flags = {
    out: Flags.string({ description: 'File to write; without it, NAME.backup.pdf beside the key.' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(TrusteeBackup)
    const [{ backUpKey }, { loadGroup }, { systemClock }] = await Promise.all([
      import('../../src/tally/backup-key.ts'),
      import('../../src/sealing/group-sodium.ts'),
      import('../../src/clock.ts'),
    ])
    const group = await loadGroup()
    const made = await backUpKey({ group, clock: systemClock }, { keyFile: args.key, out: flags.out })
    this.say(`Backup of the key of ${printable(made.name)}: ${printable(made.file)}`)
    this.say(`Public key: ${made.publicKey}`)
    this.note('Print it, try it once with urna trustee restore in another folder, and delete the file.')
    this.next(`urna trustee restore --name "${printable(made.name)}" --out FOLDER`)
    return made
  }
}
