import { z } from 'zod'
import { FileCommand, officerOf, urnaFileOf } from '../../src/cli/file-command.ts'
import { rememberPassphrase } from '../../src/cli/keychain.ts'
import { readPassphrase } from '../../src/cli/passphrase.ts'

export const output = z.strictObject({ file: z.string(), remembered: z.literal(true) })

export default class PassphraseRemember extends FileCommand {
  static override summary = "Keep the file's passphrase in this system's keychain."
  static override examples = ['<%= config.bin %> <%= command.id %>']

  async run(): Promise<z.infer<typeof output>> {
    const { flags } = await this.parse(PassphraseRemember)
    const path = urnaFileOf(flags)
    const passphrase = await readPassphrase(flags, path)
    await this.withPassphrase({ path, passphrase, officer: officerOf(flags) }, async () => {})
    await rememberPassphrase(path, passphrase)
    this.say(`The keychain opens ${path} from now on. Take it out with: urna passphrase forget`)
    return { file: path, remembered: true }
  }
}
