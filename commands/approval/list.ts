import type { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { formatTable, printable } from '../../src/cli/output.ts'
import { approvalListOutput } from '../../src/election/approval-outputs.ts'

export const output = approvalListOutput

export default class ApprovalList extends FileCommand {
  static override summary = 'List what officers asked a second one to approve, the latest first.'
  static override examples = ['<%= config.bin %> <%= command.id %> board-2026']
  static override args = { election: electionArg }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(ApprovalList)
    const approvals = await this.withFile(flags, async (work) => {
      const { listApprovals } = await import('../../src/election/approvals.ts')
      return listApprovals(work, args.election)
    })
    if (approvals.length === 0) this.say('Nobody has asked for an approval.')
    else {
      this.say(
        formatTable({
          head: ['#', 'Election', 'Deed', 'State', 'Asked by', 'Decided by', 'Until'],
          rows: approvals.map((each) => [
            `${each.approval}`,
            each.election,
            each.at === null ? each.deed : `${each.deed} at ${each.at}`,
            each.state,
            printable(each.requestedBy),
            printable(each.decidedBy ?? ''),
            each.expiresAt.slice(0, 10),
          ]),
        }),
      )
    }
    const waiting = approvals.find(({ state }) => state === 'requested')
    this.next(waiting === undefined ? 'urna election list' : `urna approval grant ${waiting.approval}`)
    return { approvals }
  }
}
