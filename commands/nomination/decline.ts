import type { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { nominatedContest, nomineeArg } from '../../src/cli/nomination-flags.ts'
import { printable } from '../../src/cli/output.ts'
import { nominationAnsweredOutput } from '../../src/election/nominations/list-nominations.ts'

export const output = nominationAnsweredOutput

export default class NominationDecline extends FileCommand {
  static override summary = 'Write down that a nominee declines, or withdraws after having accepted.'
  static override examples = ['<%= config.bin %> <%= command.id %> "Bo Lindqvist" board-2026']
  static override args = { nominee: nomineeArg, election: electionArg }
  static override flags = { contest: nominatedContest }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(NominationDecline)
    const answered = await this.withFile(flags, async (work) => {
      const { answerNomination } = await import('../../src/election/nominations/answer-nomination.ts')
      return answerNomination(work, {
        ...{ election: args.election, contest: flags.contest, name: args.nominee },
        answer: { kind: 'decline' },
      })
    })
    const { election, contest, name, state } = answered
    this.say(
      `${printable(name)} ${state === 'withdrawn' ? 'withdraws' : 'declines'}, and does not stand for "${printable(contest)}".`,
    )
    this.next(`urna nomination list ${election}`)
    return answered
  }
}
