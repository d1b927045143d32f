import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { linksFlag } from '../../src/cli/links-flag.ts'
import { countOf, formatTable, printable } from '../../src/cli/output.ts'
import { startProgress } from '../../src/cli/progress.ts'
import type { IssuedTokens } from '../../src/voting/issue-tokens.ts'

const count = z.int().nonnegative()

export const output = z.strictObject({
  election: z.string(),
  voters: count,
  issued: count,
  /** For votes that were given to others: in lines of who casts them. */
  proxies: count,
  reserve: count,
  revoked: count,
  assigned: z.array(z.strictObject({ number: z.string(), reserve: z.string() })),
  file: z.string().nullable(),
})

export default class TokenIssue extends FileCommand {
  static override summary = 'Make voting tokens for all voters who have none.'
  static override description =
    'The tokens are written to a file once, and are nowhere else: the election file only keeps their public halves. Once the election is open no token can be made; voters who were added to the roll get one of the reserve.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> board-2026 --reserve 20 --out tokens.csv --expires "2026-12-01 18:00"',
    '<%= config.bin %> <%= command.id %> board-2026 --links https://vote.chapter.example',
  ]
  static override args = {
    election: Args.string({ description: 'Short name of the election; not needed where there is only one.' }),
  }
  static override flags = {
    out: Flags.string({
      char: 'o',
      description:
        'The file for the tokens; without it, ELECTION-tokens.csv in this folder. Never overwritten.',
    }),
    reserve: Flags.integer({
      description: 'How many reserve tokens there shall be in all, for replacements and late voters.',
      min: 0,
      max: 1_000_000,
      default: 0,
    }),
    expires: Flags.string({
      description: "When the tokens made now stop counting, in the election's zone; without it, never.",
    }),
    links: linksFlag,
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(TokenIssue)
    const issued = await this.withFile(flags, async (work) => {
      const [{ issueTokens }, { loadGroup }] = await Promise.all([
        import('../../src/voting/issue-tokens.ts'),
        import('../../src/sealing/group-sodium.ts'),
      ])
      const progress = startProgress('Making tokens', 0)
      try {
        return await issueTokens(
          { work, group: await loadGroup(), progress: progress.update },
          {
            election: args.election,
            out: flags.out,
            reserve: flags.reserve,
            expires: flags.expires,
            links: flags.links,
          },
        )
      } finally {
        progress.stop()
      }
    })
    this.#tell(issued)
    return issued
  }

  #tell({ election, voters, issued: own, proxies, reserve, revoked, assigned, file }: IssuedTokens): void {
    const issued = own + proxies
    if (revoked > 0) {
      this.say(
        `${countOf(revoked, 'token')} of voters who have left the roll, or whose vote is another's to cast now, ${revoked === 1 ? 'is' : 'are'} revoked.`,
      )
    }
    if (assigned.length > 0) {
      this.say('These voters get reserve tokens. Hand out the lines of the file of tokens that are named:')
      this.say(
        formatTable({
          head: ['Voter', 'Line'],
          rows: assigned.map(({ number, reserve: line }) => [printable(number), line]),
        }),
      )
    } else if (issued + reserve > 0) {
      const spare = reserve === 0 ? '' : ` and ${countOf(reserve, 'reserve token')}`
      this.say(`${countOf(issued, 'token')}${spare} ${issued + reserve === 1 ? 'is' : 'are'} in ${file}.`)
      if (proxies > 0) {
        this.say(
          `${countOf(proxies, 'line')} ${proxies === 1 ? 'is' : 'are'} for who casts another's vote: the column "proxy for" says whose.`,
        )
      }
      this.say(
        'It is the only copy. Hand the tokens out, and then keep the file away from the election file.',
      )
    } else {
      this.say(
        voters === 0
          ? 'The roll is empty.'
          : `Every voter has a token already (${countOf(voters, 'voter')}).`,
      )
      if (file !== null) this.say(`An interrupted command had written them: they are in ${file} now.`)
    }
    this.next(issued + reserve > 0 ? `urna doctor ${election}` : `urna token list ${election}`)
  }
}
