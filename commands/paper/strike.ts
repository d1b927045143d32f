import { Flags } from '@oclif/core'
import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { countOf } from '../../src/cli/output.ts'

export const output = z.strictObject({
  election: z.string(),
  changed: z.boolean(),
  /** Numbers on the roll: who is struck off now, who was before, and who is no more. */
  struck: z.array(z.string()),
  already: z.array(z.string()),
  takenBack: z.array(z.string()),
})

export default class PaperStrike extends FileCommand {
  static override summary = 'Strike voters off as voting on paper: their tokens cast no ballot any more.'
  static override description =
    'All of them or, where one may not, none. Whoever has cast a ballot online gets no paper, even where voters may vote again: nothing is ever taken out of the box. With --undo it is taken back, for a paper that came back unused.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> board-2026 --voter 1042 --voter 1077',
    '<%= config.bin %> <%= command.id %> board-2026 --undo 1042 --reason "Paper came back unused"',
  ]
  static override args = { election: electionArg }
  static override flags = {
    voter: Flags.string({
      description: 'Number of a voter on the roll, as often as needed.',
      helpValue: 'NUMBER',
      multiple: true,
      multipleNonGreedy: true,
      exactlyOne: ['voter', 'undo'],
    }),
    undo: Flags.string({
      description: 'Number of a voter whose token is to be good again.',
      helpValue: 'NUMBER',
      dependsOn: ['reason'],
    }),
    reason: Flags.string({ description: 'Why it is taken back.', dependsOn: ['undo'] }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(PaperStrike)
    const { voter: numbers = [], undo, reason = '' } = flags
    const done = await this.withFile(flags, async (work) => {
      const { strikeForPaper, takeStrikeBack } = await import('../../src/voting/paper/strike-off.ts')
      if (undo === undefined) {
        return { ...(await strikeForPaper(work, { election: args.election, numbers })), takenBack: [] }
      }
      const { election, changed } = await takeStrikeBack(work, {
        election: args.election,
        number: undo,
        reason,
      })
      return { election, struck: [], already: changed ? [] : [undo], takenBack: changed ? [undo] : [] }
    })
    const { election, struck, already, takenBack } = done
    if (struck.length > 0)
      this.say(`Struck off for paper in ${election}: ${countOf(struck.length, 'voter')}.`)
    if (takenBack.length > 0) this.say(`${takenBack.join(', ')} may vote online in ${election} again.`)
    if (already.length > 0) this.say(`It is so already: ${already.join(', ')}`)
    this.next(`urna paper list ${election}`)
    return { ...done, changed: struck.length + takenBack.length > 0 }
  }
}
