import { Flags } from '@oclif/core'
import { z } from 'zod'
import { UrnaCommand } from '../../src/cli/base-command.ts'
import { printable } from '../../src/cli/output.ts'
import { askText } from '../../src/cli/prompts.ts'
import { InvalidInput } from '../../src/cli/refusals.ts'

export const output = z.strictObject({ file: z.string(), name: z.string(), publicKey: z.string() })

export default class TrusteeRestore extends UrnaCommand {
  static override summary = 'Make your private key file again from the 24 words of its backup.'
  static override description =
    'The words are typed at a prompt, or read from a file that only you can read; a wrong word is found out. Compare the public key with the one on the sheet.'
  static override examples = ['<%= config.bin %> trustee restore --name "Ruth Okafor" --out /media/usb']
  static override flags = {
    name: Flags.string({ description: 'Your name, as on the sheet.', required: true }),
    'words-file': Flags.string({ description: 'Read the words from this file.' }),
    out: Flags.string({ description: 'Folder for the key file.', default: '.' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { flags } = await this.parse(TrusteeRestore)
    const [{ restoreKey }, { trusteeNameSchema }, { readTextInput }, { loadGroup }] = await Promise.all([
      import('../../src/tally/backup-key.ts'),
      import('../../src/tally/key-file.ts'),
      import('../../src/interchange/read-input.ts'),
      import('../../src/sealing/group-sodium.ts'),
    ])
    const name = trusteeNameSchema.safeParse(flags.name)
    if (!name.success) throw new InvalidInput('A trustee’s name has 1 to 100 printable characters.')
    const file = flags['words-file']
    const words =
      file === undefined
        ? await askText('The 24 words, in their order', { flag: '--words-file FILE' })
        : await readTextInput(file)
    const restored = await restoreKey(await loadGroup(), { words, name: name.data, folder: flags.out })
    this.say(`Private key: ${printable(restored.file)}   keep it, and show it to nobody`)
    this.say(`Public key:  ${restored.publicKey}`)
    this.note('Compare the public key with the one on the sheet.')
    this.next('urna trustee continue FILE, with what the officer sends')
    return restored
  }
}
