import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { countOf, formatTable, printable } from '../../src/cli/output.ts'
import { type TokenState, tokenStates } from '../../src/voting/token-state.ts'

const count = z.int().nonnegative()

export const output = z.strictObject({
  election: z.string(),
  counts: z.record(z.enum(tokenStates), count),
  reserve: z.strictObject({ free: count, total: count }),
  tokens: z.array(
    z.strictObject({
      number: z.string(),
      name: z.string(),
      state: z.enum(tokenStates),
      issuedAt: z.string().nullable(),
      expiresAt: z.string().nullable(),
      reserve: z.string().nullable(),
    }),
  ),
})

export default class TokenList extends FileCommand {
  static override summary = 'Say whose token is in which state, never the token.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> board-2026 --state none',
  ]
  static override args = {
    election: Args.string({ description: 'Short name of the election; not needed where there is only one.' }),
  }
  static override flags = {
    state: Flags.string({
      description: 'Only voters whose token is in this state.',
      options: [...tokenStates],
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(TokenList)
    const { election, tokens, reserve } = await this.withFile(flags, async (work) => {
      const { listTokens } = await import('../../src/voting/list-tokens.ts')
      return work.read((tx) => listTokens(tx, args.election))
    })
    const counts = Object.fromEntries(
      tokenStates.map((state) => [state, tokens.filter((token) => token.state === state).length]),
    ) as Record<TokenState, number>
    const shown = tokens.filter((token) => flags.state === undefined || token.state === flags.state)
    if (shown.length > 0) {
      const rows = shown.map(({ number, name, state, reserve: line }) => [
        printable(number),
        printable(name),
        state,
        line ?? '',
      ])
      this.say(formatTable({ head: ['Number', 'Voter', 'Token', 'Reserve'], rows }))
    }
    const summary = tokenStates
      .filter((state) => counts[state] > 0)
      .map((state) => `${counts[state]} ${state}`)
    this.say(`${countOf(tokens.length, 'voter')}${summary.length === 0 ? '' : `: ${summary.join(', ')}`}.`)
    if (reserve.total > 0) this.say(`Free reserve tokens: ${reserve.free} of ${reserve.total}.`)
    this.next(`urna election show ${election.slug}`)
    return { election: election.slug, counts, reserve, tokens: shown }
  }
}
