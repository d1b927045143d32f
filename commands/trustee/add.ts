import { Args } from '@oclif/core'
import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { printable } from '../../src/cli/output.ts'

export const output = z.strictObject({
  election: z.string(),
  trustee: z.strictObject({
    position: z.int(),
    name: z.string(),
    kind: z.enum(['server', 'person']),
    publicKey: z.string(),
    /** In the threshold group, from 1; null for one without whom nothing opens. */
    place: z.int().nullable(),
    /** When the key was last shown to work before the opening. */
    rehearsedAt: z.string().nullable(),
  }),
  changed: z.boolean(),
})

export default class TrusteeAdd extends FileCommand {
  static override summary = 'Add a trustee to an election that is still a draft.'
  static override description =
    'From then on the election can only be opened and counted with the private keys of all its trustees together, that of this file among them. The proof that somebody knows the private half is checked.'
  static override examples = ['<%= config.bin %> trustee add ruth-okafor.public.json board-2026']
  static override args = {
    key: Args.string({ description: 'The file that the trustee sent: NAME.public.json', required: true }),
    election: electionArg,
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(TrusteeAdd)
    const [{ addTrustee }, { readPublicKeyFile }, { loadGroup }] = await Promise.all([
      import('../../src/tally/trustees.ts'),
      import('../../src/tally/key-file.ts'),
      import('../../src/sealing/group-sodium.ts'),
    ])
    const group = await loadGroup()
    const file = await readPublicKeyFile(group, args.key)
    const added = await this.withFile(flags, (work) =>
      addTrustee({ work, group }, { slug: args.election, file }),
    )
    const { position, name, publicKey } = added.trustee
    this.say(
      added.changed
        ? `${printable(name)} is trustee ${position} of ${added.election}.`
        : `${printable(name)} is trustee ${position} of ${added.election} already; nothing was changed.`,
    )
    this.say(`Key: ${publicKey}`)
    this.note('Compare the key with the trustee over the telephone before you open the election.')
    this.next(`urna doctor ${added.election}`)
    return added
  }
}
