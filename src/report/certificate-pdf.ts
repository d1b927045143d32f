import type { Certificate, CertificateBody } from '../election/certificate-schema.ts'
import { effectSentence } from '../election/effect-sentence.ts'
import { textOfMoment } from '../election/zoned-time.ts'
import { methodById } from '../tabulation/registry.ts'
import { listOf } from './narrative.ts'
import { beginSection, ink, needRoom, openPaper, type Paper, sheet, styles } from './paper/paper.ts'
import { drawQr } from './paper/qr-square.ts'
import { drawFacts, drawTable } from './paper/table.ts'

/** The text of the square: what a telephone reads from the sheet is compared with the file. */
export function certificateMark(slug: string, sha256: string): string {
  return `urna-certificate ${slug} sha256:${sha256}`
}

/**
 * The signed certificate as sheets to be filed. They are a print: what is signed is the file. Nothing else of urna has
 * their frame.
 *
 * @param file.name of the signed file
 * @param file.sha256 of the signed file, hex
 */
export async function certificatePdf(
  { certificate, signatures }: Certificate,
  file: { readonly name: string; readonly sha256: string },
): Promise<Uint8Array> {
  const { election } = certificate
  const paper = openPaper({
    title: `Certificate of ${election.title}`,
    madeAt: election.certifiedAt,
    foot: `Certificate of ${election.title}`,
    whole: 'the signed file',
    ground: drawFrame,
  })
  writeHead(paper, certificate, signatures)
  for (const contest of certificate.contests) writeContest(paper, contest)
  writeReconciliation(paper, certificate)
  writeIncidents(paper, certificate)
  writeApprovals(paper, certificate)
  writeFingerprints(paper, certificate)
  writeSignatures(paper, certificate, signatures)
  paper.document.y += 4
  for (const remark of paper.remarks()) paper.write(remark, styles.note)
  writeCheck(paper, election.slug, file)
  return paper.finish()
}

function drawFrame(document: PDFKit.PDFDocument): void {
  const rule = (inset: number, line: number) =>
    document
      .rect(inset, inset, sheet.width - 2 * inset, sheet.height - 2 * inset)
      .lineWidth(line)
      .stroke(ink.accent)
  rule(26, 1.6)
  rule(30.5, 0.5)
}

function writeHead(
  paper: Paper,
  { election, secrecy }: CertificateBody,
  signatures: Certificate['signatures'],
): void {
  const { document, width } = paper
  const { organisation, title, zone, openedAt, closedAt, talliedAt, certifiedAt, slug, uuid } = election
  const centred = { align: 'center', most: 300 } as const
  const told = (moment: string) => textOfMoment(moment, zone)
  document.y = sheet.margin + 4
  paper.write(organisation, styles.subtitle, centred)
  document.y += 10
  paper.write('Certificate of the Result', styles.title, centred)
  document.y += 4
  paper.write(title, styles.subtitle, centred)
  document.y += 10
  const middle = sheet.width / 2
  document
    .moveTo(middle - 50, document.y)
    .lineTo(middle + 50, document.y)
    .lineWidth(1)
    .stroke(ink.accent)
  document.y += 12
  const officers = listOf(signatures.map(({ officer, role }) => `${paper.brief(officer)} (${role})`))
  const sentence = `${officers} ${signatures.length === 1 ? 'declares' : 'declare'} this result final. The whole public archive was verified, the numbers below were held against each other, and the certificate is signed.`
  paper.write(sentence, styles.plain, { x: sheet.margin + 30, width: width - 60, align: 'center' })
  document.y += 10
  drawFacts(paper, [
    ...(openedAt === null || closedAt === null
      ? []
      : [['Votes were cast', `from ${told(openedAt)} to ${told(closedAt)} (${zone})`] as const]),
    ...(talliedAt === null ? [] : [['Counted', `${told(talliedAt)} (${zone})`] as const]),
    ['Certified', `${told(certifiedAt)} (${zone})`],
    ['Election', `${slug} (${uuid})`],
    ['Secrecy', secrecy],
  ])
}

function writeContest(paper: Paper, contest: CertificateBody['contests'][number]): void {
  const { title, method, seats, winners, sentence, ties, votes } = contest
  beginSection(paper, title)
  paper.write(sentence, styles.outcome)
  paper.write(`${methodById(method).title}, ${seats} ${seats === 1 ? 'seat' : 'seats'}`, styles.soft)
  paper.document.y += 4
  drawTable(
    paper,
    [
      { title: 'On the ballot', share: 0.58 },
      { title: '', share: 0.2 },
      { title: 'Votes at the end', share: 0.22, align: 'right' },
    ],
    votes.map(({ option, votes }) => {
      const won = winners.filter((each) => each === option).length
      const mark = won === 0 ? '' : won === 1 ? 'elected' : `${won} seats`
      return { cells: [option, mark, votes], strong: won > 0 }
    }),
  )
  for (const tie of ties) {
    paper.document.y += 4
    paper.write(tie, styles.plain)
  }
}

function writeReconciliation(paper: Paper, { reconciliation }: CertificateBody): void {
  const { rights, marks, ballots, recasts, counted, contests, differences } = reconciliation
  beginSection(paper, 'How the numbers fit')
  const figures = [
    ['Voters on the roll, those struck off left out', rights],
    ['Voters marked as having voted', marks],
    ['Ballots in the box', ballots],
    ['of them replaced by a later one of the same voter', recasts],
    ['Ballots counted', counted],
  ] as const
  drawTable(
    paper,
    [
      { title: '', share: 0.78 },
      { title: '', share: 0.22, align: 'right' },
    ],
    figures.map(([label, figure]) => ({ cells: [label, String(figure)] })),
  )
  paper.document.y += 8
  const figure = (title: string) => ({ title, share: 0.145, align: 'right' }) as const
  drawTable(
    paper,
    [{ title: 'Votes in the contests', share: 0.42 }, ...['Cast', 'Valid', 'Blank', 'Invalid'].map(figure)],
    contests.map(({ title, cast, valid, blank, invalid }) => ({
      cells: [title, cast, valid, blank, invalid],
    })),
  )
  paper.document.y += 4
  if (differences.length === 0) paper.write('They add up.', styles.plain)
  for (const { sentence, explainedBy } of differences) {
    paper.write(`${sentence}: incident ${explainedBy} explains it.`, styles.plain)
  }
}

function writeIncidents(paper: Paper, { incidents, election }: CertificateBody): void {
  beginSection(paper, 'Incidents')
  if (incidents.length === 0) paper.write('None was recorded.', styles.plain)
  for (const { number, kind, at, text, contest, affected, affectedKind, effect, resolution } of incidents) {
    const where = contest === null ? 'all contests' : contest
    needRoom(paper, 60)
    paper.write(`${number}. ${kind}, ${textOfMoment(at, election.zone)}, ${where}`, styles.strong, {
      most: 300,
    })
    paper.write(text, styles.plain)
    const of = affected === 1 ? affectedKind.slice(0, -1) : affectedKind
    paper.write(`${affected} ${of} affected. ${effectSentence(effect)}`, styles.plain)
    if (resolution !== null) paper.write(`Resolved: ${resolution}`, styles.plain)
    paper.document.y += 4
  }
}

function writeApprovals(paper: Paper, { approvals, election }: CertificateBody): void {
  const granted = approvals.filter(({ state }) => state === 'used' || state === 'granted')
  if (granted.length === 0) return
  beginSection(paper, 'Approved by a second officer')
  drawTable(
    paper,
    [
      { title: 'Deed', share: 0.16 },
      { title: 'Asked for by', share: 0.3 },
      { title: 'Granted by', share: 0.3 },
      { title: 'At', share: 0.24 },
    ],
    granted.map(({ deed, requestedBy, decidedBy, decidedAt }) => ({
      cells: [deed, requestedBy, decidedBy ?? '', textOfMoment(decidedAt ?? '', election.zone)],
    })),
  )
}

function writeFingerprints(paper: Paper, certificate: CertificateBody): void {
  const { rollFingerprint, archiveHash, boardHead, auditHead, software } = certificate
  const hash = (label: string, value: string | null) =>
    value === null ? [] : [[label, value, styles.code] as const]
  beginSection(paper, 'What it stands on')
  drawFacts(paper, [
    ...hash('Public archive, SHA-256', archiveHash),
    ...hash('Head of its board', boardHead),
    ...hash('Fingerprint of the roll', rollFingerprint),
    ...hash('Head of the audit log', auditHead),
    ['Software', software],
  ])
}

function writeSignatures(
  paper: Paper,
  { election }: CertificateBody,
  signatures: Certificate['signatures'],
): void {
  beginSection(paper, 'Signed by')
  drawTable(
    paper,
    [
      { title: 'Officer', share: 0.34, style: styles.strong },
      { title: 'At', share: 0.2 },
      { title: 'Key (Ed25519)', share: 0.46, style: styles.code },
    ],
    signatures.map(({ officer, role, at, publicKey }) => ({
      cells: [`${officer}, ${role}`, textOfMoment(at, election.zone), inGroups(publicKey)],
    })),
  )
}

/** As people compare numbers. */
function inGroups(hex: string): string {
  return hex.match(/.{1,8}/g)?.join(' ') ?? ''
}

const square = 100

function writeCheck(paper: Paper, slug: string, file: { name: string; sha256: string }): void {
  const { document } = paper
  const name = paper.brief(file.name)
  const beside = { x: sheet.margin + square + 6, width: paper.width - square - 6 }
  const texts = [
    [
      `Anybody can print such a sheet. Ask for the public archive and for ${name}, and check them on any machine:`,
      styles.plain,
    ],
    [`urna verify ARCHIVE --certificate ${name}`, styles.code],
    [
      'It counts everything again, and tells by whose keys the file is signed: compare them with the officers. SHA-256 of the file, as in the square:',
      styles.plain,
    ],
    [inGroups(file.sha256), styles.code],
  ] as const
  const heights = texts.map(([text, style]) => paper.heightOf(text, style, beside) + 3)
  const height = Math.max(
    square,
    heights.reduce((sum, each) => sum + each),
  )
  needRoom(paper, height + 37)
  beginSection(paper, 'Check it yourself')
  const top = document.y
  drawQr(paper, certificateMark(slug, file.sha256), { x: sheet.margin - 8, y: top, width: square })
  document.y = top + 3
  for (const [text, style] of texts) {
    paper.write(text, style, beside)
    document.y += 3
  }
  document.y = top + height + 4
}
