import { Flags } from '@oclif/core'
import { z } from 'zod'
import { FileCommand, urnaFileOf } from '../../src/cli/file-command.ts'
import { recallPassphrase, rememberPassphrase } from '../../src/cli/keychain.ts'
import { askNewPassphrase, passphraseIn } from '../../src/cli/passphrase.ts'

export const output = z.strictObject({ file: z.string(), changed: z.literal(true) })

export default class PassphraseChange extends FileCommand {
  static override summary = 'Give the file a new passphrase.'
  static override description =
    'Every page of the file is encrypted anew, and a keychain that has the old passphrase gets the new one. Backups made before still open with the old passphrase.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --passphrase-file old.txt --new-passphrase-file new.txt',
  ]
  static override flags = {
    'new-passphrase-file': Flags.string({ description: 'Read the new passphrase from this file.' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { flags } = await this.parse(PassphraseChange)
    const path = urnaFileOf(flags)
    await this.withFile(flags, async (work) => {
      const { changePassphrase } = await import('../../src/organisation/change-passphrase.ts')
      const source = flags['new-passphrase-file']
      const passphrase =
        source === undefined
          ? await askNewPassphrase(path, '--new-passphrase-file FILE')
          : await passphraseIn(source)
      await changePassphrase(work, passphrase)
      if ((await recallPassphrase(path)) !== undefined) await rememberPassphrase(path, passphrase)
    })
    this.say(`${path} opens with the new passphrase only. Backups made before still open with the old one.`)
    return { file: path, changed: true }
  }
}
