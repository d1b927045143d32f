import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { UrnaCommand } from '../../src/cli/base-command.ts'
import { printable } from '../../src/cli/output.ts'

export const output = z.strictObject({
  name: z.string(),
  privateFile: z.string(),
  publicFile: z.string(),
  publicKey: z.string(),
})

export default class OfficerGenerate extends UrnaCommand {
  static override summary = 'Make the key pair with which an officer signs, on the officer’s own machine.'
  static override description =
    'No .urna file is needed. With the private key the officer signs certificates and approvals; it stays with the officer, readable by nobody else. The public key goes to whoever keeps the .urna file.'
  static override examples = ['<%= config.bin %> <%= command.id %> "Grace Mbeki" --out /media/usb']
  static override args = {
    name: Args.string({ description: 'Your name.', required: true }),
  }
  static override flags = {
    out: Flags.string({ description: 'Folder for the two files.', default: '.' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(OfficerGenerate)
    const [{ generateOfficerKey }, { loadSigning }] = await Promise.all([
      import('../../src/organisation/officer-key-file.ts'),
      import('../../src/organisation/signing.ts'),
    ])
    const made = await generateOfficerKey(await loadSigning(), { name: args.name, folder: flags.out })
    this.say(`Private key: ${printable(made.privateFile)}   keep it, and show it to nobody`)
    this.say(`Public key:  ${printable(made.publicFile)}   for whoever keeps the .urna file`)
    this.say(`Key:         ${made.publicKey}`)
    this.next(`whoever keeps the file types: urna officer register OFFICER ${printable(made.publicFile)}`)
    return made
  }
}
