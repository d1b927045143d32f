import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { linksFlag } from '../../src/cli/links-flag.ts'
import { printable } from '../../src/cli/output.ts'

export const output = z.strictObject({
  election: z.string(),
  number: z.string(),
  file: z.string().nullable(),
  reserve: z.string().nullable(),
})

export default class TokenReplace extends FileCommand {
  static override summary = 'Revoke the token of a voter and give another.'
  static override description =
    'For a token that was lost or seen by others. Before the opening a new one is made; afterwards the voter gets one of the reserve. Who has voted already keeps the token.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> board-2026 1042 --reason "letter lost"',
    '<%= config.bin %> <%= command.id %> board-2026 1042 --reason "letter lost" --out replacement.csv',
  ]
  static override args = {
    election: Args.string({ description: 'Short name of the election.', required: true }),
    number: Args.string({ description: 'Number of the voter on the roll.', required: true }),
  }
  static override flags = {
    reason: Flags.string({ description: 'Why, for the audit log.', required: true }),
    out: Flags.string({
      char: 'o',
      description:
        'The file for a new token; without it, ELECTION-token-NUMBER.csv in this folder. Never overwritten.',
    }),
    links: linksFlag,
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(TokenReplace)
    const replaced = await this.withFile(flags, async (work) => {
      const [{ replaceToken }, { loadGroup }] = await Promise.all([
        import('../../src/voting/replace-token.ts'),
        import('../../src/sealing/group-sodium.ts'),
      ])
      const { election, number } = args
      return replaceToken(
        { work, group: await loadGroup() },
        { election, number, reason: flags.reason, out: flags.out, links: flags.links },
      )
    })
    const { election, number, file, reserve } = replaced
    this.say(`The old token of voter ${printable(number)} is revoked.`)
    if (file !== null) this.say(`The new one is in ${file}, the only copy.`)
    if (reserve !== null) {
      this.say(`The voter now has the reserve token ${reserve}: hand out that line of the file of tokens.`)
    }
    this.next(`urna token list ${election}`)
    return replaced
  }
}
