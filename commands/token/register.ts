import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { countOf, printable } from '../../src/cli/output.ts'

const count = z.int().nonnegative()

export const output = z.strictObject({
  election: z.string(),
  voters: count,
  reserve: count,
  replaced: z.array(z.string()),
  sha256: z.string(),
  changed: z.boolean(),
  dryRun: z.boolean(),
})

export default class TokenRegister extends FileCommand {
  static override summary = 'Take in the public halves of tokens that were made on another machine.'
  static override description =
    'From then on no token of the election can be made on this machine: the election file has nobody’s, and who runs the vote can not vote for those who abstain. All is taken in or nothing: the file must be of this election, with one sound credential for each voter who has none, and nobody else.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> board-2026 board-2026-credentials.json --dry-run',
    '<%= config.bin %> <%= command.id %> board-2026 board-2026-credential-1042.json --reason "letter lost"',
  ]
  static override args = {
    election: Args.string({ description: 'Short name of the election.', required: true }),
    credentials: Args.string({ description: 'The public file of urna token generate.', required: true }),
  }
  static override flags = {
    expires: Flags.string({
      description: "When these tokens stop counting, in the election's zone; without it, never.",
    }),
    reason: Flags.string({ description: 'Why tokens are replaced, for the audit log.' }),
    'dry-run': Flags.boolean({ description: 'Only say what would be taken in.', default: false }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(TokenRegister)
    const dryRun = flags['dry-run']
    const registered = await this.withFile(flags, async (work) => {
      const [{ registerTokens }, { loadGroup }] = await Promise.all([
        import('../../src/voting/register-tokens.ts'),
        import('../../src/sealing/group-sodium.ts'),
      ])
      const { election, credentials: path } = args
      return registerTokens(
        { work, group: await loadGroup() },
        { election, path, expires: flags.expires, reason: flags.reason },
        dryRun ? 'rehearse' : 'apply',
      )
    })
    const { election, voters, reserve, replaced, sha256, changed } = registered
    const spare = reserve === 0 ? '' : ` and ${countOf(reserve, 'reserve token')}`
    const verb = dryRun ? 'would be taken in' : 'taken in'
    if (!changed) this.say('This very file was taken in before; nothing was changed.')
    else if (replaced.length > 0) {
      this.say(`New tokens ${verb} for: ${replaced.map(printable).join(', ')}. The old ones are revoked.`)
    } else this.say(`Public halves of ${countOf(voters, 'token')}${spare} ${verb}.`)
    this.say(`SHA-256  ${sha256}`)
    this.note('Compare the last digits with those that the credential officer has of the file (sha256sum).')
    this.next(dryRun ? `urna token register ${election} ${args.credentials}` : `urna doctor ${election}`)
    return { ...registered, dryRun }
  }
}
