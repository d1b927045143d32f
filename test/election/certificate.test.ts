import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import Certify from '../../commands/election/certify.ts'
import AddIncident from '../../commands/incident/add.ts'
import ListIncidents from '../../commands/incident/list.ts'
import ResolveIncident from '../../commands/incident/resolve.ts'
import Verify from '../../commands/verify.ts'
import { certificateSchema } from '../../src/election/certificate-schema.ts'
import { effectOn } from '../../src/election/margin.ts'
import { differencesIn, type Reckoning } from '../../src/election/reconciliation.ts'
import { certificateMark } from '../../src/report/certificate-pdf.ts'
import type { StoredTabulation } from '../../src/report/tabulation-schema.ts'
import { addCertifier } from '../support/certifier.ts'
import { hasPoppler, pagesOf, squareOn } from '../support/pdf.ts'
import { runCommand } from '../support/run-command.ts'
import {
  chair,
  choice,
  committee,
  exportedArchive,
  ranking,
  type SmallElection,
  talliedElection,
} from '../tally/small-election.ts'

let election: SmallElection
let keys: string[]
let out: string
beforeAll(async () => {
  election = await talliedElection({
    contests: [chair, committee],
    votes: [
      [0, [choice(0), ranking(0, 1)]],
      [1, [choice(0), ranking(1)]],
      [1, [choice(0), ranking(0)]],
    ],
  })
  keys = [await addCertifier(election, 'Ada'), await addCertifier(election, 'Bea')]
  out = join(election.folder, 'certificate.json')
  process.env.URNA_PASSPHRASE = election.passphrase
})
afterAll(async () => {
  delete process.env.URNA_PASSPHRASE
  await election.close()
})

async function run(command: unknown, ...argv: string[]) {
  const { status, stdout } = await runCommand(command, [...argv, '--file', election.path, '--json'])
  const answer = JSON.parse(stdout) as { error?: { code: string } }
  return { exit: status, ...answer, code: answer.error?.code }
}

test('an incident that could have changed the outcome keeps officers from certifying until it is resolved', async () => {
  const text = 'The letters of one street were lost.'
  const added = await run(
    AddIncident,
    '--kind',
    'procedure',
    '--text',
    text,
    '--affected',
    '2',
    '--of',
    'voters',
  )
  expect(added).toMatchObject({ number: 1, effect: 'could', affected: 2 })
  expect(await run(Certify, '--key', keys[0]!, '--out', out)).toMatchObject({
    exit: 4,
    code: 'not-certifiable',
  })
  const resolved = await run(ResolveIncident, 'chapter', '1', '--resolution', 'Both voted at the desk.')
  expect(resolved).toMatchObject({ resolution: 'Both voted at the desk.' })
  expect(await run(ListIncidents)).toMatchObject({ incidents: [{ number: 1, text }] })
})

test('several officers sign one certificate, which anybody verifies with the archive', async () => {
  expect(await run(Certify, '--key', keys[0]!, '--out', out)).toMatchObject({
    exit: 0,
    changed: true,
    signed: true,
  })
  expect(await run(Certify, '--key', keys[1]!, '--out', out)).toMatchObject({ changed: false, signed: true })
  const { certificate, signatures } = certificateSchema.parse(JSON.parse(readFileSync(out, 'utf8')))
  expect(signatures.map(({ officer }) => officer)).toEqual(['Ada', 'Bea'])
  expect(certificate.reconciliation).toMatchObject({
    ...{ rights: 3, marks: 2, ballots: 3, recasts: 1, counted: 2, differences: [] },
  })
  expect(certificate.contests[0]).toMatchObject({ winners: ['Ada'] })
  expect(certificate.secrecy).toContain('confidential')
  const archive = await exportedArchive(election)
  const verified = await runCommand(Verify, [archive, '--certificate', out, '--json'])
  expect([verified.status, JSON.parse(verified.stdout)]).toMatchObject([
    0,
    { certifiedBy: [{ officer: 'Ada' }, { officer: 'Bea' }] },
  ])
})

test.skipIf(!hasPoppler)(
  'beside the signed file stand its sheets, with its hash and whoever has signed',
  async () => {
    const certified = await run(Certify, '--key', keys[0]!, '--out', out)
    const pdf = join(election.folder, 'certificate.pdf')
    expect(certified).toMatchObject({ certificate: out, pdf })
    const pages = pagesOf(pdf)
    const text = pages.join(' ')
    expect(text).toContain('Ada (owner) and Bea (owner) declare this result final')
    expect(text).toContain('Elected: Ada.')
    expect(text).toContain('urna verify ARCHIVE --certificate certificate.json')
    const sha256 = createHash('sha256').update(readFileSync(out)).digest('hex')
    expect(text.replaceAll(' ', '')).toContain(sha256)
    expect(squareOn(pdf, pages.length)).toBe(certificateMark('chapter', sha256))
    const sheets = readFileSync(pdf)
    await run(Certify, '--key', keys[0]!, '--out', out)
    expect(readFileSync(pdf).equals(sheets)).toBe(true)
  },
)

test.each([
  ['another winner', (text: string) => text.replace('"Ada"\n', '"Bo"\n')],
  ['another sentence', (text: string) => text.replace('Elected: Ada.', 'Elected: Bo.')],
  ['another signer', (text: string) => text.replace('"officer": "Bea"', '"officer": "Eve"')],
  ['another incident', (text: string) => text.replace('one street', 'no street')],
  ['no signature', (text: string) => text.replace(/"signatures": \[[\s\S]*\]/, '"signatures": []')],
])('a certificate with %s is refused', async (_what, change) => {
  const text = readFileSync(out, 'utf8')
  const altered = join(election.folder, 'altered.json')
  writeFileSync(altered, change(text))
  expect(change(text)).not.toBe(text)
  const verified = await runCommand(Verify, [
    await exportedArchive(election),
    '--certificate',
    altered,
    '--json',
  ])
  const last = verified.stdout
  expect([verified.status, last]).toEqual([6, expect.stringContaining('certificate-invalid')])
})

const sound: Reckoning = {
  ...{ rights: 5, marks: 3, ballots: 4, recasts: 1, counted: 3, archived: 3 },
  contests: [{ title: 'Chair', cast: 3_000_000n, valid: 2_000_000n, blank: 1_000_000n, invalid: 0n }],
}

test.each<[string, Partial<Reckoning>, string[]]>([
  ['all is well', {}, []],
  ['there are more marks than rights', { rights: 2 }, ['marks-rights']],
  ['a mark is missing', { marks: 2 }, ['counted-marks']],
  ['a ballot is missing', { ballots: 3 }, ['ballots-counted']],
  ['the archive has another number', { archived: 4 }, ['archive-counted']],
  ['a vote was lost', { contests: [{ ...sound.contests[0]!, blank: 0n }] }, ['contest-1']],
])('where %s, exactly that is found', (_what, changes, ids) => {
  expect(differencesIn({ ...sound, ...changes }).map(({ id }) => id)).toEqual(ids)
})

const counted = (method: string, votes: string[]): StoredTabulation =>
  ({
    ...{ method, outcome: { kind: 'decided' }, winners: [{ option: 0 }], rounds: [{ votes }] },
  }) as unknown as StoredTabulation

test.each([
  ['plurality', ['10', '6'], 'ballots', 1n, 'none'],
  ['plurality', ['10', '6'], 'ballots', 2n, 'could'],
  ['plurality', ['10', '6'], 'voters', 3n, 'none'],
  ['plurality', ['10', '6'], 'voters', 4n, 'could'],
  ['irv', ['10', '6'], 'ballots', 1n, 'not-excluded'],
  ['irv', ['10', '6'], 'ballots', 0n, 'none'],
] as const)('by %s, %j: of %s so many as %s: %s', (method, votes, kind, affected, effect) => {
  const micros = affected * 1_000_000n
  expect(effectOn(counted(method, [...votes]), {}, { micros, kind })).toBe(effect)
})
