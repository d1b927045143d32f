import type { z } from 'zod'
import {
  ApprovalCommand,
  decisionArgs,
  decisionExamples,
  decisionFlags,
} from '../../src/cli/approval-command.ts'
import { approvalOutput } from '../../src/election/approval-outputs.ts'

export const output = approvalOutput

export default class ApprovalRefuse extends ApprovalCommand {
  static override summary = 'Refuse what another officer asked for.'
  static override description = 'Your signature shows that you are another officer than who asked.'
  static override examples = decisionExamples
  static override args = decisionArgs
  static override flags = decisionFlags

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(ApprovalRefuse)
    const decided = await this.decide(flags, { approval: args.approval, verdict: 'refused' })
    this.next(`urna approval list ${decided.election}`)
    return decided
  }
}
