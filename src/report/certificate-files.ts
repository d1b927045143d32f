import { basename } from 'node:path'
import { type Certificate, certificateText } from '../election/certificate-schema.ts'
import { certificatePdf } from './certificate-pdf.ts'
import { writeOutputFile } from './output-file.ts'

/**
 * Writes the signed certificate, and beside it sheets to be filed. What was there of an earlier signature is replaced.
 * @throws OutputUnwritable
 */
export async function writeCertificate(
  certificate: Certificate,
  path: string,
): Promise<{ file: string; pdf: string }> {
  const text = Buffer.from(certificateText(certificate))
  const { file, sha256 } = await writeOutputFile(path, async (sink) => sink(text), { existing: 'replace' })
  const sheets = await certificatePdf(certificate, { name: basename(file), sha256 })
  const pdf = `${path.replace(/\.json$/, '')}.pdf`
  await writeOutputFile(pdf, async (sink) => sink(sheets), { existing: 'replace' })
  return { file, pdf }
}
