import { z } from 'zod'
import { FileCommand, urnaFileOf } from '../../src/cli/file-command.ts'
import { forgetPassphrase } from '../../src/cli/keychain.ts'

export const output = z.strictObject({ file: z.string(), forgotten: z.boolean() })

export default class PassphraseForget extends FileCommand {
  static override summary = "Take the file's passphrase out of this system's keychain."
  static override examples = ['<%= config.bin %> <%= command.id %>']

  async run(): Promise<z.infer<typeof output>> {
    const { flags } = await this.parse(PassphraseForget)
    const path = urnaFileOf(flags)
    const forgotten = await forgetPassphrase(path)
    this.say(
      forgotten ? `The keychain no longer opens ${path}.` : `The keychain had no passphrase for ${path}.`,
    )
    return { file: path, forgotten }
  }
}
