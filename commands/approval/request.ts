import { Args, Flags } from '@oclif/core'
import type { z } from 'zod'
import { ApprovalCommand, officerKeyFlag } from '../../src/cli/approval-command.ts'
import { printable } from '../../src/cli/output.ts'
import { approvalOutput } from '../../src/election/approval-outputs.ts'

export const output = approvalOutput

export default class ApprovalRequest extends ApprovalCommand {
  static override summary = 'Ask another officer to approve a deed that needs two.'
  static override description =
    'What is approved is exactly this: the deed, the election, its board and its result as they stand now, and the time, if there is one. Ballots may still come before a close. It is good for seven days, and once. Your signature shows that it is you.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> board-2026 certify --key grace-mbeki.officer.private.json',
  ]
  static override args = {
    election: Args.string({ description: 'Short name of the election.', required: true }),
    deed: Args.string({
      description: 'What is to be done.',
      options: ['close', 'publish', 'certify', 'purge'],
      required: true,
    }),
  }
  static override flags = {
    key: officerKeyFlag,
    at: Flags.string({
      description: 'For a publication, or a closing time moved, at a time to come.',
      helpValue: 'TIME',
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(ApprovalRequest)
    const { approvedDeeds } = await import('../../src/election/approval-subject.ts')
    const deed = approvedDeeds.find((each) => each === args.deed)!
    const asked = await this.signed(flags, async (work, party) => {
      const { requestApproval } = await import('../../src/election/approvals.ts')
      return requestApproval(work, { election: args.election, deed, at: flags.at, party })
    })
    this.say(
      `${printable(asked.requestedBy)} asks for a second officer to ${deed} ${asked.election}: request ${asked.approval}, good until ${asked.expiresAt.slice(0, 10)}.`,
    )
    this.next(`another officer: urna approval grant ${asked.approval} --key NAME.officer.private.json`)
    return asked
  }
}
