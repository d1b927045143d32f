import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { certifiedContest } from '../../src/election/certificate.ts'
import { type Certificate, type CertificateBody, signedText } from '../../src/election/certificate-schema.ts'
import { certificateFaults } from '../../src/election/verify-certificate.ts'
import { loadSigning } from '../../src/organisation/signing.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { verifyPlainly } from '../../src/verify/verify-plainly.ts'
import { plain } from '../support/clear-forger.ts'

const signing = await loadSigning()
const archive = { name: 'an archive', open: () => [Buffer.from(JSON.stringify(plain.archive))] }
const found = await verifyPlainly(await loadGroup(), archive, {})

const body: CertificateBody = {
  election: {
    ...{ slug: 'chapter', uuid: found.election!.uuid, title: 'Chapter', organisation: 'Union' },
    ...{ openedAt: null, closedAt: null, talliedAt: null, certifiedAt: '2026-03-02T09:00:00.000Z' },
    zone: 'Europe/Madrid',
  },
  contests: found.contests!.map((each) => certifiedContest(each as Parameters<typeof certifiedContest>[0])),
  reconciliation: {
    ...{ rights: 3, marks: 3, ballots: 4, recasts: 1, counted: 3, differences: [] },
    contests: [{ title: 'Chair', cast: '3', valid: '3', blank: '0', invalid: '0' }],
  },
  ...{ incidents: [], approvals: [], secrecy: 'The ballots are public.', rollFingerprint: null },
  ...{ archiveHash: found.archiveHash, boardHead: found.head, auditHead: '0'.repeat(64) },
  software: 'urna 1.0.0',
}

/** The certificate as officers sign it, each with a key of theirs. */
function signed(certificate: CertificateBody, seeds: readonly number[] = [1, 2]): Certificate {
  const signatures = seeds.map((number) => {
    const seed = new Uint8Array(32).fill(number)
    const about = { officer: `Officer ${number}`, role: 'owner', at: '2026-03-02T09:00:00.000Z' }
    const text = signedText(certificate, about)
    const signature = signing.sign(seed, { purpose: 'certificate', text })
    return { ...about, publicKey: signing.publicKeyOf(seed), signature }
  })
  return { format: 'urna-certificate', version: 1, certificate, signatures }
}

const honest = signed(body)
/** The second signature with something in it changed. */
const altered = (change: object): Certificate => ({
  ...honest,
  signatures: honest.signatures.with(1, { ...honest.signatures[1]!, ...change }),
})
const [contest] = body.contests

const forgeries: readonly (readonly [does: string, check: string, certificate: Certificate])[] = [
  ['changes what was signed', 'signature', { ...honest, certificate: { ...body, secrecy: 'Secret.' } }],
  ['signs in another’s name', 'signature', altered({ officer: 'Eve' })],
  ['dates a signature back', 'signature', altered({ at: '2026-01-01' })],
  ['signs twice, to look like two', 'signers', signed(body, [1, 2, 1])],
  ['certifies another archive', 'archive', signed({ ...body, archiveHash: '1'.repeat(64) })],
  [
    'certifies another election',
    'election',
    signed({ ...body, election: { ...body.election, uuid: 'Bbcdefghijkmno' } }),
  ],
  ['names another head of the board', 'head', signed({ ...body, boardHead: '1'.repeat(64) })],
  ['certifies another winner', 'contests', signed({ ...body, contests: [{ ...contest!, winners: ['Bo'] }] })],
  ['certifies another number of votes', 'contests', signed({ ...body, contests: [withoutVotes()] })],
  ['leaves out a contest', 'contests', signed({ ...body, contests: [] })],
  ['certifies a contest that was not held', 'contests', signed({ ...body, contests: [contest!, contest!] })],
]

function withoutVotes() {
  return { ...contest!, votes: contest!.votes.map((each) => ({ ...each, votes: '0' })) }
}

const verified = found as Parameters<typeof certificateFaults>[2]

test('a certificate that its officers signed holds', () => {
  expect(found.outcome).toBe('verified')
  expect(certificateFaults(signing, honest, verified)).toEqual([])
})

test.each(forgeries)('whoever %s is found out by one check alone: %s', (_, check, certificate) => {
  const faults = certificateFaults(signing, certificate, verified)
  expect(new Set(faults.map((fault) => fault.check))).toEqual(new Set([check]))
})

test('an archive that does not reach to the result has no certificate', () => {
  const faults = certificateFaults(signing, honest, { ...verified, contests: null })
  expect(faults.map(({ check }) => check)).toEqual(['contests'])
})

test('each check of a certificate has a forger whom it finds out', () => {
  const path = fileURLToPath(new URL('../../src/election/verify-certificate.ts', import.meta.url))
  const checks = [...readFileSync(path, 'utf8').matchAll(/\bcheck: '([a-z]+)'/g)].map(([, check]) => check)
  const named = forgeries.map(([, check]) => check)
  expect(new Set(checks)).toEqual(new Set(named))
})
