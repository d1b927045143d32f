import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CertificateBody } from '../../src/election/certificate-schema.ts'
import { certificateMark, certificatePdf } from '../../src/report/certificate-pdf.ts'
import { lettersOf, readFonts } from '../../src/report/paper/fonts.ts'
import { shownWith } from '../../src/report/paper/letters.ts'
import { sampleCertificate } from '../support/certificates.ts'
import { hasPoppler, pagesOf, squareOn } from '../support/pdf.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'urna-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = { name: 'board-2026.certificate.json', sha256: 'e1'.repeat(32) }

async function printed(changes: Partial<CertificateBody> = {}): Promise<string> {
  const path = join(folder, 'certificate.pdf')
  writeFileSync(path, await certificatePdf(sampleCertificate(changes), file))
  return path
}

/** In Unicode, and nothing in it steers who reads it. */
const steers = /[\p{Cc}\p{Cf}]/u

describe.skipIf(!hasPoppler)('the sheets of a certificate', () => {
  test('say all that the officers signed, in every script that urna has letters for', async () => {
    const pages = pagesOf(await printed())
    expect(pages).toHaveLength(2)
    const text = pages.join(' ')
    for (const said of [
      'Certificate of the Result',
      'Sindicato de Enfermería · Żółw Ελλάς Київ',
      'Grace Mbeki (owner) and Søren Ó Ceallaigh (admin) declare this result final',
      'from 2026-12-01 09:00 to 2026-12-03 18:00 (Europe/Madrid)',
      'Elected: Zoë Łukasiewicz.',
      'Zoë Łukasiewicz elected 402',
      'Παναγιώτης Γεωργίου 377',
      'Оксана Шевченко 91',
      'Bo Nguyễn elected 288',
      'Decided by lot with the seed “lottery of 14 March: 07 12 23”: Di Öztürk.',
      'Voters on the roll, those struck off left out 1204',
      'Ballots counted 873',
      'Committee 873 830 41 2',
      '3 voters affected. So many could not change the outcome. Resolved: All three voted in the afternoon.',
      'This vote is secret: a ballot can be opened only by 3 key holders together.',
      `Public archive, SHA-256 ${'b'.repeat(64)}`,
      `Fingerprint of the roll ${'a'.repeat(64)}`,
      `Head of the audit log ${'d'.repeat(64)}`,
      'Software urna 0.1.0',
      '01234567 89abcdef',
      'urna verify ARCHIVE --certificate board-2026.certificate.json',
    ]) {
      expect(text).toContain(said)
    }
    expect(text).not.toContain('U+')
  })

  test('have a square that a scanner reads: the hash of the signed file', async () => {
    expect(squareOn(await printed(), 2)).toBe(certificateMark('board-2026', file.sha256))
  })

  test('say which incident explains a difference, and that nothing went wrong where nothing did', async () => {
    const { reconciliation } = sampleCertificate().certificate
    const sentence = '5 ballots are counted, and 4 voters are marked'
    const differences = [{ id: 'counted-marks', sentence, explainedBy: 1 }]
    const explained = await printed({ reconciliation: { ...reconciliation, differences } })
    expect(pagesOf(explained).join(' ')).toContain(`${sentence}: incident 1 explains it.`)
    expect(pagesOf(await printed({ incidents: [] })).join(' ')).toContain('Incidents None was recorded.')
  })

  test('show who approved', async () => {
    const asked = { requestedAt: '2026-12-03T18:00:00.000Z', expiresAt: '2026-12-10T18:00:00.000Z' }
    const decided = { decidedBy: 'Bea', decidedAt: '2026-12-04T08:00:00.000Z', reason: null, usedAt: null }
    const approval = { approval: 1, election: 'board-2026', deed: 'certify', at: null, board: null } as const
    const approvals = [
      { ...approval, state: 'used', requestedBy: 'Grace', ...asked, ...decided } as const,
      { ...approval, state: 'refused', requestedBy: 'Mallory', ...asked, ...decided } as const,
    ]
    const text = pagesOf(await printed({ approvals })).join(' ')
    expect(text).toContain('certify Grace Bea 2026-12-04 09:00')
    expect(text).not.toContain('Mallory')
  })

  test.each([
    ['a name on several lines', 'Ana\r\n\tDuarte', 'Ana Duarte'],
    ['what would steer a terminal', 'Ana\u001b[31m', 'Ana[U+001B][31m'],
    ['what would turn the direction', 'Ana\u202etrauD', 'Ana[U+202E]trauD'],
    ['a script without letters here', '陳大文', '[U+9673 U+5927 U+6587]'],
    ['a script from right to left', 'علي', '[U+0639 U+0644 U+064A]'],
    ['emoji', 'Ana 🎉', 'Ana [U+1F389]'],
    ['half a letter', 'Ana\ud800', 'Ana[U+D800]'],
    ['what a page would take for markup', '<b>Ana</b> &amp;', '<b>Ana</b> &amp;'],
    ['what a PDF would take for its own', '(((Ana\\)', '(((Ana\\)'],
    ['10,000 characters', 'x'.repeat(10_000), '(10000 characters)'],
    ['10,000 emoji', '🎉'.repeat(10_000), '(10000 characters)'],
    ['10,000 accents on one letter', `A${'\u0301'.repeat(10_000)}`, 'characters)'],
  ])('stay whole with %s at every place, and hide nothing of it', async (_what, name, shown) => {
    const { election, contests, incidents } = sampleCertificate().certificate
    const path = await printed({
      election: { ...election, title: name, organisation: name },
      contests: contests.map((contest) => ({
        ...contest,
        title: name,
        sentence: `Elected: ${name}.`,
        ties: [name],
        votes: [{ option: name, votes: '402' }, ...contest.votes],
      })),
      incidents: incidents.map((incident) => ({ ...incident, text: name, contest: name, resolution: name })),
      secrecy: name,
    })
    const pages = pagesOf(path)
    const text = pages.join(' ')
    expect(pages.length).toBeLessThan(16)
    expect(text.replaceAll(' ', '')).toContain(shown.replaceAll(' ', ''))
    expect(text).not.toMatch(steers)
    // What comes after the name is there still, and so is everybody else.
    expect(text).toContain('Bo Nguyễn elected 288')
    expect(text).toContain('Head of the audit log')
    const remarked = /What stands as \[U\+|What ends with …/.test(text)
    expect(remarked).toBe(shown.includes('[U+') || shown.includes('characters)'))
    expect(squareOn(path, pages.length)).toBe(certificateMark('board-2026', file.sha256))
  })

  test('repeat the head of a long list on every sheet, and leave nobody out', async () => {
    const [contest] = sampleCertificate().certificate.contests
    const votes = Array.from({ length: 200 }, (_, index) => ({ option: `Candidate ${index}`, votes: '1' }))
    const pages = pagesOf(await printed({ contests: [{ ...contest!, winners: [], votes }] }))
    const listed = pages.filter((page) => page.includes('Candidate '))
    expect(listed.length).toBeGreaterThan(3)
    for (const page of listed) expect(page).toContain('On the ballot')
    for (const { option } of votes) expect(pages.join(' ')).toContain(`${option} 1`)
  })
})

test('the same certificate gives the same bytes, whatever the time', async () => {
  const made = await Promise.all([1, 2].map(() => certificatePdf(sampleCertificate(), file)))
  expect(Buffer.compare(made[0]!, made[1]!)).toBe(0)
  expect(
    Buffer.from(made[0]!)
      .toString('latin1')
      .match(/\(D:.*?\)/g),
  ).toEqual(['(D:20261204090000Z)'])
})

test('two names that differ never stand there alike, and no name lies over another', () => {
  const has = lettersOf(readFonts())
  const shown = (text: string) => shownWith(text, { has, most: 100 }).text
  // The Cyrillic а looks as the Latin one does: of that no sheet tells.
  expect(['Ana', 'Ana\u200b', 'Ana\u200f', 'Anа', '陳', '王', '陳\u200d'].map(shown)).toEqual([
    ...['Ana', 'Ana[U+200B]', 'Ana[U+200F]', 'Anа', '[U+9673]', '[U+738B]', '[U+9673 U+200D]'],
  ])
  expect(shown(`Z${'\u0301'.repeat(5)}oe`)).toBe('Ź\u0301\u0301[U+0301 U+0301]oe')
})
