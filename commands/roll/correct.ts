import { Flags } from '@oclif/core'
import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { prose } from '../../src/cli/prose.ts'

export const output = z.strictObject({
  election: z.string(),
  kind: z.enum(['add', 'strike']),
  number: z.string(),
  name: z.string(),
  /** False if the roll said so already. */
  changed: z.boolean(),
  tokenRevoked: z.boolean(),
})

export default class RollCorrect extends FileCommand {
  static override summary = 'Add a member to the roll of an open election, or strike a voter from it.'
  static override description =
    'The roll is fixed at opening; a correction after that needs a reason, and both are listed for good. Who is struck loses the token at once, and can be added again. Who is added votes with a reserve token.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> board-2026 --add 10234 --reason "left off by mistake; fee paid in May"',
    '<%= config.bin %> <%= command.id %> board-2026 --strike 10077 --reason "left the organisation in March"',
  ]
  static override args = { election: electionArg }
  static override flags = {
    add: Flags.string({
      description: 'Number of the member to add.',
      helpValue: 'NUMBER',
      exactlyOne: ['add', 'strike'],
    }),
    strike: Flags.string({ description: 'Number of the voter to strike.', helpValue: 'NUMBER' }),
    reason: Flags.string({ description: 'Why, for the record.', helpValue: 'TEXT' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(RollCorrect)
    const { add, strike, reason = '' } = flags
    const kind = add === undefined ? 'strike' : 'add'
    const done = await this.withFile(flags, async (work) => {
      const { correctRoll } = await import('../../src/register/correct-roll.ts')
      return correctRoll(work, { election: args.election, kind, number: add ?? strike ?? '', reason })
    })
    const { election, number, name } = done
    const outcome = kind === 'add' ? 'on the roll' : 'struck from the roll'
    const token = done.tokenRevoked ? ', and the token is revoked' : ''
    this.say(
      prose(`${number} ${name} is ${done.changed ? 'now' : 'already'} ${outcome} of ${election}${token}.`),
    )
    this.next(kind === 'add' ? `urna token issue ${election}` : `urna roll show ${election}`)
    return done
  }
}
