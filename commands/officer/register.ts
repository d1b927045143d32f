import { Args } from '@oclif/core'
import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { ofOrganisation, organisationFlag } from '../../src/cli/organisation-flag.ts'
import { printable } from '../../src/cli/output.ts'

export const output = z.strictObject({
  organisation: z.string(),
  officer: z.string(),
  email: z.string(),
  publicKey: z.string(),
  /** False where it was registered before. */
  changed: z.boolean(),
})

export default class OfficerRegister extends FileCommand {
  static override summary = 'Register the public key with which an officer signs.'
  static override description =
    'It takes the place of the one before; what that one signed stays good. The private half never comes near the .urna file.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> grace@example.org grace-mbeki.officer.public.json',
  ]
  static override args = {
    officer: Args.string({ description: 'E-mail address or name of the officer.', required: true }),
    key: Args.string({
      description: 'The file that urna officer generate wrote: NAME.officer.public.json',
      required: true,
    }),
  }
  static override flags = { organisation: organisationFlag }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(OfficerRegister)
    const [{ registerOfficerKey }, { readOfficerPublicKey }, { loadSigning }] = await Promise.all([
      import('../../src/organisation/officer-keys.ts'),
      import('../../src/organisation/officer-key-file.ts'),
      import('../../src/organisation/signing.ts'),
    ])
    const publicKey = await readOfficerPublicKey(await loadSigning(), args.key)
    const { organisation, officer } = { organisation: flags.organisation, officer: args.officer }
    const registered = await this.withFile(flags, (work) =>
      registerOfficerKey(work, { organisation, officer, publicKey }),
    )
    const called = printable(registered.officer)
    this.say(registered.changed ? `${called} signs with this key.` : `${called} signs with this key already.`)
    this.say(`Key: ${publicKey}`)
    this.note('Compare the key with the officer over the telephone.')
    this.next(`urna officer list${ofOrganisation(organisation)}`)
    return registered
  }
}
