import type { z } from 'zod'
import {
  ApprovalCommand,
  commandOfDeed,
  decisionArgs,
  decisionExamples,
  decisionFlags,
} from '../../src/cli/approval-command.ts'
import { approvalOutput } from '../../src/election/approval-outputs.ts'

export const output = approvalOutput

export default class ApprovalGrant extends ApprovalCommand {
  static override summary = 'Approve what another officer asked for.'
  static override description =
    'Your signature shows that you are another officer than who asked. It can be done once, within seven days, and only as long as the election stands as it was approved.'
  static override examples = decisionExamples
  static override args = decisionArgs
  static override flags = decisionFlags

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(ApprovalGrant)
    const decided = await this.decide(flags, { approval: args.approval, verdict: 'granted' })
    this.next(commandOfDeed(decided))
    return decided
  }
}
