import { createHash } from 'node:crypto'

/** A picture of a candidate, as ballots show it. */
export interface Photo {
  readonly type: 'image/jpeg' | 'image/png' | 'image/webp'
  readonly bytes: Uint8Array
  /** Of the bytes; 64 lower-case hex digits. */
  readonly sha256: string
}

/** Of the file that somebody brings, in bytes: as much as a telephone makes of one picture. */
export const largestPhoto = 10 * 1024 * 1024

/** Of the same, as its head says before anything is unpacked: some hundred bytes can say a hundred million. */
const mostPixels = 50_000_000

/** Of the longer side on the ballot, in pixels. */
const side = 480

/**
 * The picture as a ballot has it: turned upright, no larger than it is shown, and with nothing in it but what is to be
 * seen. Where it was taken, when and with what stays behind, and so does whatever else was hidden in the file.
 *
 * @returns the end of a sentence where the bytes are no photo that a ballot can have
 */
export async function photoOfBytes(bytes: Uint8Array): Promise<Photo | string> {
  if (bytes.length > largestPhoto) {
    const megabytes = (size: number) => Math.ceil(size / 1024 / 1024)
    return `is larger than ${megabytes(largestPhoto)} MB (it has ${megabytes(bytes.length)})`
  }
  if (!isPicture(bytes)) return 'is no JPEG, PNG or WebP picture'
  const sharp = await loadSharp()
  const picture = sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error' })
  let drawn: { data: Uint8Array; info: { format: string } }
  try {
    const { hasAlpha } = await picture.metadata()
    const shown = picture
      .timeout({ seconds: 60 })
      .autoOrient()
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    // What one can see through stays so.
    const small = hasAlpha ? shown.webp({ quality: 85 }) : shown.jpeg({ quality: 85 })
    drawn = await small.toBuffer({ resolveWithObject: true })
  } catch (error) {
    return String(error).includes('pixel limit')
      ? `has more than ${mostPixels / 1_000_000} million pixels`
      : "is damaged: it can't be read to its end"
  }
  const sha256 = createHash('sha256').update(drawn.data).digest('hex')
  return { type: `image/${drawn.info.format}` as Photo['type'], bytes: drawn.data, sha256 }
}

/** What the first bytes say: a name can say anything. */
function isPicture(bytes: Uint8Array): boolean {
  const begins = (start: number, signature: readonly number[]) =>
    signature.every((byte, index) => bytes[start + index] === byte)
  const isJpeg = begins(0, [0xff, 0xd8, 0xff])
  const isPng = begins(0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  // RIFF, four bytes of size, WEBP
  return isJpeg || isPng || (begins(0, [0x52, 0x49, 0x46, 0x46]) && begins(8, [0x57, 0x45, 0x42, 0x50]))
}

/** Only with the readers of the three formats: there are dozens for others, and each could have a hole. */
async function loadSharp() {
  const { default: sharp } = await import('sharp')
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({
    operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
  })
  sharp.cache(false)
  return sharp
}
