import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { countOf, printable } from '../../src/cli/output.ts'

const count = z.int().nonnegative()

export const output = z.strictObject({
  election: z.string(),
  voters: count,
  reserve: count,
  file: z.string().nullable(),
})

export default class TokenRequest extends FileCommand {
  static override summary = 'Write down who needs a token, for a credential officer on another machine.'
  static override description =
    'Where one person makes the tokens and another runs the vote, neither can vote for those who abstain. The file names the voters and where tokens are sent; the credential officer answers it with urna token generate.'
  static override examples = ['<%= config.bin %> <%= command.id %> board-2026 --reserve 20']
  static override args = {
    election: Args.string({ description: 'Short name of the election; not needed where there is only one.' }),
  }
  static override flags = {
    out: Flags.string({
      char: 'o',
      description: 'The file; without it, ELECTION-token-request.json in this folder. Never overwritten.',
    }),
    reserve: Flags.integer({
      description: 'How many reserve tokens there shall be in all, for replacements and late voters.',
      min: 0,
      max: 1_000_000,
      default: 0,
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(TokenRequest)
    const requested = await this.withFile(flags, async (work) => {
      const { requestTokens } = await import('../../src/voting/request-tokens.ts')
      return requestTokens({ work }, { election: args.election, reserve: flags.reserve, out: flags.out })
    })
    const { election, voters, reserve, file } = requested
    if (file === null) {
      this.say('Nobody needs a token.')
      this.next(`urna doctor ${election}`)
      return requested
    }
    const spare = reserve === 0 ? '' : `, and ${countOf(reserve, 'reserve token')}`
    this.say(`${countOf(voters, 'voter')} without a token${spare}: ${printable(file)}`)
    this.note('It has the addresses of the voters. Bring it to the credential officer as you would those.')
    this.next(`the credential officer types: urna token generate ${printable(file)}`)
    return requested
  }
}
