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
    'The words are typed at a prompt, or read from a file that only you can read. A wrong word is found out: by the others nearly always, and always by the public key, of which the sheet has the digits.'
  static override examples = ['<%= config.bin %> trustee restore --name "Ruth Okafor" --out /media/usb']
  static override flags = {
    name: Flags.string({ description: 'Your name, as on the sheet.', required: true }),
    'words-file': Flags.string({ description: 'Read the words from this file.' }),
    'public-key': Flags.string({
      description: 'How the public key on the sheet begins: its first 8 digits, or more.',
    }),
    out: Flags.string({ description: 'Folder for the key file.', default: '.' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { flags } = await this.parse(TrusteeRestore)
    const [{ restoreKey }, { trusteeNameSchema }, { keyStartSchema }, { readTextInput }, { loadGroup }] =
      await Promise.all([
        import('../../src/tally/backup-key.ts'),
        import('../../src/tally/key-file.ts'),
        import('../../src/tally/key-words.ts'),
        import('../../src/interchange/read-input.ts'),
        import('../../src/sealing/group-sodium.ts'),
      ])
    const name = trusteeNameSchema.safeParse(flags.name)
    if (!name.success) throw new InvalidInput('A trustee’s name has 1 to 100 printable characters.')
    const { 'words-file': file, 'public-key': digits } = flags
    const isStart = (text: string) => keyStartSchema.safeParse(text).success
    const what = 'Of the public key, the first 8 digits or more are wanted.'
    if (digits !== undefined && !isStart(digits)) throw new InvalidInput(what)
    const readSheet = async () => {
      const words =
        file === undefined
          ? await askText('The 24 words, in their order', { flag: '--words-file FILE' })
          : await readTextInput(file)
      const start =
        digits ??
        (await askText('The first 8 digits of the public key', {
          ...{ flag: '--public-key DIGITS', validate: (text) => isStart(text) || what },
        }))
      return { words, publicKey: keyStartSchema.parse(start) }
    }
    const restored = await restoreKey(await loadGroup(), { name: name.data, folder: flags.out, readSheet })
    this.say(`Private key: ${printable(restored.file)}   keep it, and show it to nobody`)
    this.say(`Public key:  ${restored.publicKey}`)
    this.next('urna trustee continue FILE, with what the officer sends')
    return restored
  }
}
