import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'

export const output = z.strictObject({
  election: z.string(),
  status: z.literal('certified'),
  changed: z.boolean(),
  certifiedAt: z.iso.datetime(),
  /** SHA-256 of the public archive; null where it was certified before. */
  archiveHash: z.string().nullable(),
  /** Hash of the last entry of the audit log. */
  auditHead: z.string(),
})

export default class ElectionCertify extends FileCommand {
  static override summary = 'Declare the result final.'
  static override description =
    'Verifies the audit log and the whole public archive first, as a stranger would, and refuses at the first doubt.'
  static override examples = ['<%= config.bin %> <%= command.id %> board-2026']
  static override args = { election: electionArg }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(ElectionCertify)
    const certified = await this.withFile(flags, async (work) => {
      const [{ certifyElection }, { loadGroup }] = await Promise.all([
        import('../../src/election/certify-election.ts'),
        import('../../src/sealing/group-sodium.ts'),
      ])
      return certifyElection({ work, group: await loadGroup() }, args.election)
    })
    const { slug, changed, certifiedAt, archiveHash, auditHead } = certified
    this.say(
      changed ? `${slug} is certified: everything in its archive holds.` : `${slug} is certified already.`,
    )
    if (archiveHash !== undefined) this.say(`SHA-256 of the archive: ${archiveHash}`)
    this.say(`Head of the audit log:  ${auditHead}`)
    this.next(`urna export archive ${slug}`)
    return {
      election: slug,
      status: 'certified',
      changed,
      certifiedAt,
      archiveHash: archiveHash ?? null,
      auditHead,
    }
  }
}
