import { Args, Flags } from '@oclif/core'
import type { ApprovingParty } from '../election/approval-proof.ts'
import type { Approval } from '../election/approvals.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { FileCommand, type FileFlags } from './file-command.ts'
import { printable } from './output.ts'

export const officerKeyFlag = Flags.string({
  description: 'Your signing key: NAME.officer.private.json',
  helpValue: 'FILE',
  required: true,
})

/** Of a decision about a request. */
export const decisionArgs = {
  approval: Args.integer({ description: 'Number of the request.', required: true }),
}
export const decisionFlags = {
  key: officerKeyFlag,
  reason: Flags.string({ description: 'Why, for the audit log.' }),
}
export const decisionExamples = [
  '<%= config.bin %> <%= command.id %> 3 --key hugo-brandt.officer.private.json',
]

/** What the approvals share: a signature shows which officer it is, whoever is at the terminal. */
export abstract class ApprovalCommand extends FileCommand {
  protected async signed(
    flags: FileFlags & { key: string },
    use: (work: UnitOfWork, party: ApprovingParty) => Promise<Approval>,
  ): Promise<Approval> {
    const [{ withOfficerKey }, { loadSigning }] = await Promise.all([
      import('../organisation/officer-key-file.ts'),
      import('../organisation/signing.ts'),
    ])
    return withOfficerKey(await loadSigning(), flags.key, (signer) =>
      this.withFile(flags, (work) => use(work, { by: 'signature', signer })),
    )
  }

  /** Decides a request, and says so. */
  protected async decide(
    flags: FileFlags & { key: string; reason?: string | undefined },
    request: { approval: number; verdict: 'granted' | 'refused' },
  ): Promise<Approval> {
    const decided = await this.signed(flags, async (work, party) => {
      const { decideApproval } = await import('../election/approvals.ts')
      return decideApproval(work, { ...request, reason: flags.reason, party })
    })
    const { decidedBy, deed, election } = decided
    this.say(`${printable(decidedBy ?? '')} has ${request.verdict} it: ${deed} ${election}.`)
    return decided
  }
}

/** What an officer types once it is granted. */
export function commandOfDeed({ election, deed, at }: Pick<Approval, 'election' | 'deed' | 'at'>): string {
  switch (deed) {
    case 'close':
      return at === null
        ? `urna election close ${election} --confirm ${election}`
        : `urna election edit ${election} --closes ${at}`
    case 'publish':
      return `urna election publish ${election}${at === null ? '' : ` --at ${at}`}`
    case 'certify':
      return `urna election certify ${election} --key NAME.officer.private.json`
    case 'purge':
      return `urna election purge ${election} --confirm ${election}`
  }
}
