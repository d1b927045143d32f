import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { UrnaCommand } from '../../src/cli/base-command.ts'
import { printable } from '../../src/cli/output.ts'
import { InvalidInput } from '../../src/cli/refusals.ts'

export const output = z.strictObject({
  name: z.string(),
  privateFile: z.string(),
  publicFile: z.string(),
  publicKey: z.string(),
})

export default class TrusteeGenerate extends UrnaCommand {
  static override summary = 'Make the key pair of a trustee, on the trustee’s own machine.'
  static override description =
    'No .urna file is needed. The private key stays on this machine, readable by you alone; the public key goes to the election officer. An election with this trustee can not be opened without the private key: keep a copy in a safe place.'
  static override examples = ['<%= config.bin %> trustee generate "Ruth Okafor" --out /media/usb']
  static override args = {
    name: Args.string({ description: 'Your name, as it will be published.', required: true }),
  }
  static override flags = {
    out: Flags.string({ description: 'Folder for the two files.', default: '.' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(TrusteeGenerate)
    const [{ generateTrustee }, { trusteeNameSchema }, { loadGroup }] = await Promise.all([
      import('../../src/tally/generate-trustee.ts'),
      import('../../src/tally/key-file.ts'),
      import('../../src/sealing/group-sodium.ts'),
    ])
    const name = trusteeNameSchema.safeParse(args.name)
    if (!name.success) throw new InvalidInput('A trustee’s name has 1 to 100 printable characters.')
    const made = await generateTrustee(await loadGroup(), { name: name.data, folder: flags.out })
    this.say(`Private key: ${printable(made.privateFile)}   keep it, and show it to nobody`)
    this.say(`Public key:  ${printable(made.publicFile)}   send it to the election officer`)
    this.say(`Key:         ${made.publicKey}`)
    this.note(
      'Read the last characters of the key to the officer over the telephone, so that nobody swaps it on the way.',
    )
    this.next(`the officer types: urna trustee add ${printable(made.publicFile)}`)
    return made
  }
}
