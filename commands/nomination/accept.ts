import { Flags } from '@oclif/core'
import type { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { nominatedContest, nomineeArg } from '../../src/cli/nomination-flags.ts'
import { printable } from '../../src/cli/output.ts'
import { nominationAnsweredOutput } from '../../src/election/nominations/list-nominations.ts'

export const output = nominationAnsweredOutput

export default class NominationAccept extends FileCommand {
  static override summary = 'Write down that a nominee accepts, with a statement and a photo.'
  static override description =
    'For who says so on paper or by telephone; by their links nominees do it themselves. What is left out stays as it is.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> "Ana Duarte" board-2026 --statement "Lower dues." --photo ana.jpg',
  ]
  static override args = { nominee: nomineeArg, election: electionArg }
  static override flags = {
    contest: nominatedContest,
    statement: Flags.string({ description: 'What the nominee says to the voters.', helpValue: 'TEXT' }),
    photo: Flags.string({
      description: 'A picture: JPEG, PNG or WebP, at most 10 MB; "" takes it away.',
      helpValue: 'FILE',
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(NominationAccept)
    const answered = await this.withFile(flags, async (work) => {
      const [{ answerNomination }, { readPhotoFile }] = await Promise.all([
        import('../../src/election/nominations/answer-nomination.ts'),
        import('../../src/election/photo-file.ts'),
      ])
      const { contest, statement, photo: path } = flags
      const photo = path ? await readPhotoFile(path) : path === '' ? null : undefined
      return answerNomination(work, {
        ...{ election: args.election, contest, name: args.nominee },
        answer: { kind: 'accept', statement, photo },
      })
    })
    this.say(`${printable(answered.name)} accepts, and stands for "${printable(answered.contest)}".`)
    this.next(`urna nomination list ${answered.election}`)
    return answered
  }
}
