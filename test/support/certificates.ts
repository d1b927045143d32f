import {
  type Certificate,
  type CertificateBody,
  certificateBodySchema,
  certificateSchema,
} from '../../src/election/certificate-schema.ts'

const hash = (digit: string) => digit.repeat(64)

/** A certificate as `urna election certify` makes one, of a year in a small union. No signature of it is good. */
export function sampleCertificate(changes: Partial<CertificateBody> = {}): Certificate {
  const certificate = certificateBodySchema.parse({
    election: {
      slug: 'board-2026',
      uuid: '8kTzVh2mPqWxYa',
      title: 'Board 2026',
      organisation: 'Sindicato de Enfermería · Żółw Ελλάς Київ',
      openedAt: '2026-12-01T08:00:00.000Z',
      closedAt: '2026-12-03T17:00:00.000Z',
      talliedAt: '2026-12-03T17:21:00.000Z',
      certifiedAt: '2026-12-04T09:00:00.000Z',
      zone: 'Europe/Madrid',
    },
    contests: [
      {
        title: 'Chair',
        method: 'plurality',
        seats: 1,
        winners: ['Zoë Łukasiewicz'],
        outcome: 'decided',
        sentence: 'Elected: Zoë Łukasiewicz.',
        ties: [],
        votes: [
          { option: 'Zoë Łukasiewicz', votes: '402' },
          { option: 'Παναγιώτης Γεωργίου', votes: '377' },
          { option: 'Оксана Шевченко', votes: '91' },
        ],
      },
      {
        title: 'Committee',
        method: 'stv-scottish',
        seats: 2,
        winners: ['Ana Duarte', 'Bo Nguyễn'],
        outcome: 'decided',
        sentence: 'Elected: Ana Duarte and Bo Nguyễn.',
        ties: [
          'Tie in round 3, of Cy Ferrer and Di Öztürk one is to be excluded. Decided by lot with the seed “lottery of 14 March: 07 12 23”: Di Öztürk.',
        ],
        votes: [
          { option: 'Ana Duarte', votes: '290.33333' },
          { option: 'Bo Nguyễn', votes: '288' },
          { option: 'Cy Ferrer', votes: '251.66667' },
          { option: 'Di Öztürk', votes: '0' },
        ],
      },
    ],
    reconciliation: {
      ...{ rights: 1204, marks: 873, ballots: 881, recasts: 8, counted: 873 },
      contests: [
        { title: 'Chair', cast: '873', valid: '870', blank: '3', invalid: '0' },
        { title: 'Committee', cast: '873', valid: '830', blank: '41', invalid: '2' },
      ],
      differences: [],
    },
    incidents: [
      {
        ...{ number: 1, kind: 'technical', at: '2026-12-02T10:04:00.000Z' },
        text: 'The server was down for ten minutes after a power cut in the data centre.',
        contest: null,
        ...{ affected: 3, affectedKind: 'voters', effect: 'none' },
        resolution: 'All three voted in the afternoon.',
      },
    ],
    approvals: [],
    secrecy: 'This vote is secret: a ballot can be opened only by 3 key holders together.',
    rollFingerprint: hash('a'),
    archiveHash: hash('b'),
    boardHead: hash('c'),
    auditHead: hash('d'),
    software: 'urna 0.1.0',
    ...changes,
  })
  const signature = { signature: 'none', at: '2026-12-04T09:00:00.000Z' }
  return certificateSchema.parse({
    format: 'urna-certificate',
    version: 1,
    certificate,
    signatures: [
      { officer: 'Grace Mbeki', role: 'owner', publicKey: '0123456789abcdef'.repeat(4), ...signature },
      { officer: 'Søren Ó Ceallaigh', role: 'admin', publicKey: 'fedcba9876543210'.repeat(4), ...signature },
    ],
  })
}
