import { Flags } from '@oclif/core'
import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { printable } from '../../src/cli/output.ts'

export const output = z.strictObject({
  election: z.string(),
  status: z.literal('certified'),
  changed: z.boolean(),
  /** False where this key had signed it before. */
  signed: z.boolean(),
  certifiedAt: z.iso.datetime(),
  /** SHA-256 of the public archive. */
  archiveHash: z.string(),
  /** Hash of the last entry of the audit log. */
  auditHead: z.string(),
  /** The file with the signed certificate. */
  certificate: z.string(),
  /** The same as sheets to be filed. */
  pdf: z.string(),
  signatures: z.array(z.strictObject({ officer: z.string(), publicKey: z.string() })),
})

export default class ElectionCertify extends FileCommand {
  static override summary = 'Declare the result final, and sign the certificate.'
  static override description =
    'Verifies the audit log and the whole public archive first, as a stranger would, holds the numbers against each other, and refuses at the first doubt: a difference needs an incident that explains it, and an incident that may have changed the outcome needs a resolution. Of an election that is certified already, another officer signs the same certificate.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> board-2026 --key grace-mbeki.officer.private.json',
  ]
  static override args = { election: electionArg }
  static override flags = {
    key: Flags.string({
      description: 'Your signing key: NAME.officer.private.json (urna officer generate)',
      helpValue: 'FILE',
      required: true,
    }),
    out: Flags.string({
      char: 'o',
      description:
        'File for the certificate (JSON), with the sheets (PDF) beside it; without it, a name after the election.',
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(ElectionCertify)
    const [{ certifyElection }, { withOfficerKey }, { loadSigning }, { writeCertificate }, { loadGroup }] =
      await Promise.all([
        import('../../src/election/certify-election.ts'),
        import('../../src/organisation/officer-key-file.ts'),
        import('../../src/organisation/signing.ts'),
        import('../../src/report/certificate-files.ts'),
        import('../../src/sealing/group-sodium.ts'),
      ])
    const group = await loadGroup()
    const certified = await withOfficerKey(await loadSigning(), flags.key, (signer) =>
      this.withFile(flags, (work) =>
        certifyElection({ work, group }, args.election, { signer, software: this.config.version }),
      ),
    )
    const { slug, changed, signed, certifiedAt, auditHead, certificate } = certified
    const { file, pdf } = await writeCertificate(certificate, flags.out ?? `${slug}.certificate.json`)
    const { archiveHash } = certificate.certificate
    this.say(
      changed ? `${slug} is certified: everything in its archive holds.` : `${slug} is certified already.`,
    )
    this.say(
      `Signed by ${certificate.signatures.map(({ officer }) => printable(officer)).join(', ')}: ${printable(file)}`,
    )
    this.say(`Sheets to be filed: ${printable(pdf)}`)
    this.say(`SHA-256 of the archive: ${archiveHash}`)
    this.say(`Head of the audit log:  ${auditHead}`)
    this.next(`urna export archive ${slug}`)
    return {
      ...{ election: slug, status: 'certified', changed, signed, certifiedAt, archiveHash, auditHead },
      ...{ certificate: file, pdf },
      signatures: certificate.signatures.map(({ officer, publicKey }) => ({ officer, publicKey })),
    }
  }
}
