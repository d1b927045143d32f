import { Args, Flags } from '@oclif/core'
import type { z } from 'zod'
import { ApprovalCommand, officerKeyFlag } from '../../src/cli/approval-command.ts'
import { printable } from '../../src/cli/output.ts'
import { approvalOutput } from '../../src/election/approval-outputs.ts'

export const output = approvalOutput

export default class ApprovalRefuse extends ApprovalCommand {
  static override summary = 'Refuse what another officer asked for.'
  static override description = 'Your signature shows that you are another officer than who asked.'
  static override examples = ['<%= config.bin %> <%= command.id %> 3 --key hugo-brandt.officer.private.json']
  static override args = {
    approval: Args.integer({ description: 'Number of the request.', required: true }),
  }
  static override flags = {
    key: officerKeyFlag,
    reason: Flags.string({ description: 'Why, for the audit log.' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(ApprovalRefuse)
    const decided = await this.signed(flags, async (work, party) => {
      const { decideApproval } = await import('../../src/election/approvals.ts')
      const { approval } = args
      return decideApproval(work, { approval, verdict: 'refused', reason: flags.reason, party })
    })
    const { decidedBy, deed, election } = decided
    this.say(`${printable(decidedBy ?? '')} has refused it: ${deed} ${election}.`)
    this.next(`urna approval list ${election}`)
    return decided
  }
}
