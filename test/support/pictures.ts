import { crc32, deflateSync } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'
import { type Photo, photoOfBytes } from '../../src/election/photo.ts'

/** A picture of one colour, to be written in any format. */
export function picture({ width = 40, height = 30 } = {}): Sharp {
  return sharp({ create: { width, height, channels: 3, background: '#8a2be2' } })
}

/** A portrait as a telephone writes it: lying on its side, with where it was taken. */
export function portraitWithPlace(): Promise<Buffer> {
  return picture({ width: 1200, height: 800 })
    .jpeg()
    .withExif({
      IFD0: { Model: 'Telephone of Ana', Copyright: 'urna-secret-mark' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '40/1 26/1 46/1' },
    })
    .withMetadata({ orientation: 6 })
    .toBuffer()
}

/** A PNG of some kilobytes that says it has so many pixels, each of them there. */
export function imageBomb(width: number, height: number): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  // One bit a pixel, grey.
  head.set([1, 0, 0, 0, 0], 8)
  const rows = Buffer.alloc((Math.ceil(width / 8) + 1) * height)
  const chunks = [chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...chunks])
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

/** The photo that a ballot has of these bytes. */
export async function photoFrom(bytes: Uint8Array): Promise<Photo> {
  const photo = await photoOfBytes(bytes)
  if (typeof photo === 'string') throw new Error(`the picture ${photo}`)
  return photo
}
