import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { UrnaCommand } from '../src/cli/base-command.ts'
import { printable } from '../src/cli/output.ts'
import { progressByLabel } from '../src/cli/progress-by-label.ts'
import { writeInFlag } from '../src/cli/write-in-flag.ts'
import type { Certificate } from '../src/election/certificate-schema.ts'
import { verificationSchema } from '../src/report/verification-schema.ts'

export const output = verificationSchema.extend({
  /** Whose signatures the certificate has; null where none was given. */
  certifiedBy: z
    .array(z.strictObject({ officer: z.string(), role: z.string(), publicKey: z.string(), at: z.string() }))
    .nullable(),
})

export default class Verify extends UrnaCommand {
  static override summary = 'Verify an election from its public archive alone.'
  static override description =
    'No .urna file, no passphrase and no secret is needed. Checks every byte, every signature and every proof, that the result is what the trustees opened, and counts the winners again. Ends with status 6 at the first doubt, naming the place.'
  static override examples = [
    '<%= config.bin %> verify 8kTzVh2mPqWxYa.bel',
    '<%= config.bin %> verify 8kTzVh2mPqWxYa.bel --complete --json',
    '<%= config.bin %> verify 8kTzVh2mPqWxYa.bel --since verified.json',
  ]
  static override args = {
    archive: Args.string({
      description: 'The public archive, as urna export archive wrote it.',
      required: true,
    }),
  }
  static override flags = {
    certificate: Flags.string({
      description:
        'The signed certificate: that its signatures are good, and say what the archive says. Papers that were counted are in it.',
      helpValue: 'FILE',
    }),
    complete: Flags.boolean({ description: 'Fail too if the archive does not reach to the result.' }),
    jobs: Flags.integer({
      description: 'How many processor cores to use; all of them unless you say fewer.',
      min: 1,
    }),
    since: Flags.string({
      description:
        'Remember in this file what is verified, and check proofs only for what has come since the last time. Whoever can write it is believed.',
      helpValue: 'FILE',
    }),
    seed: Flags.string({ description: 'The published seed of the lot that decided ties.' }),
    'write-in': Flags.string({
      ...writeInFlag,
      description: 'A published decision of a name that voters wrote in, as the result has it.',
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(Verify)
    const [
      { verify },
      { readPrefixFile, writePrefixFile },
      { requireVerified },
      { verificationText },
      { parseWriteInDecision },
    ] = await Promise.all([
      import('../src/verify/node.ts'),
      import('../src/verify/prefix-file.ts'),
      import('../src/tally/require-verified.ts'),
      import('../src/cli/show-verification.ts'),
      import('../src/tally/write-in-decisions.ts'),
    ])
    const certificate = flags.certificate === undefined ? undefined : await this.#read(flags.certificate)
    const since = flags.since === undefined ? undefined : await readPrefixFile(flags.since)
    const progress = progressByLabel()
    const found = await verify(args.archive, {
      ...{ seed: flags.seed, jobs: flags.jobs, since, papers: certificate?.papers },
      writeIns: flags['write-in']?.map(parseWriteInDecision),
      onRead: (done, total) => progress.update('Verifying', done, total),
    }).finally(progress.stop)
    const verification = verificationSchema.parse(found)
    this.say(verificationText(verification))
    requireVerified(verification, { wanted: flags.complete ? 'complete' : 'any stage' })
    const certifiedBy = certificate === undefined ? null : await this.#certificate(certificate, verification)
    const { prefix } = verification
    if (flags.since !== undefined && prefix !== null) await writePrefixFile(flags.since, prefix)
    return { ...verification, certifiedBy }
  }

  async #read(path: string) {
    const { readCertificateFile, certifiedPapers } = await import('../src/election/verify-certificate.ts')
    const signed = await readCertificateFile(path)
    return { path, signed, papers: certifiedPapers(path, signed.certificate) }
  }

  async #certificate(
    { path, signed }: { path: string; signed: Certificate },
    archive: z.infer<typeof verificationSchema>,
  ) {
    const [{ verifyCertificate }, { loadSigning }] = await Promise.all([
      import('../src/election/verify-certificate.ts'),
      import('../src/organisation/signing.ts'),
    ])
    const signatures = verifyCertificate(await loadSigning(), path, { ...signed, archive })
    for (const { officer, role, at, publicKey } of signatures) {
      this.say(
        `Certified by ${printable(officer)} (${printable(role)}) on ${at.slice(0, 10)}, with the key ${publicKey}`,
      )
    }
    this.note('Compare these keys with the officers: anybody can sign with a key of their own.')
    return signatures.map(({ officer, role, publicKey, at }) => ({ officer, role, publicKey, at }))
  }
}
