import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { photoOfBytes } from '../../src/election/photo.ts'
import { readPhotoFile } from '../../src/election/photo-file.ts'
import { imageBomb, photoFrom, picture, portraitWithPlace } from '../support/pictures.ts'

test('a photo is upright and small on the ballot, and nobody reads from it where and with what it was taken', async () => {
  const brought = await portraitWithPlace()
  expect(brought.includes('urna-secret-mark')).toBe(true)
  const photo = await photoFrom(brought)
  const seen = await sharp(photo.bytes).metadata()
  expect([photo.type, seen.width, seen.height]).toEqual(['image/jpeg', 320, 480])
  const { exif, iptc, xmp, icc, comments } = seen
  expect({ exif, iptc, xmp, icc, comments }).toEqual({})
  expect(Buffer.from(photo.bytes).includes('urna-secret-mark')).toBe(false)
})

test('what was hidden behind a picture stays behind', async () => {
  const photo = await photoFrom(
    Buffer.concat([await picture().jpeg().toBuffer(), Buffer.from('<script>alert(1)</script>')]),
  )
  expect(Buffer.from(photo.bytes).includes('script')).toBe(false)
})

test('a symbol that one can see through stays so, and a small one is not blown up', async () => {
  const { type, bytes } = await photoFrom(await picture().ensureAlpha(0.5).png().toBuffer())
  const { width, height, hasAlpha } = await sharp(bytes).metadata()
  expect([type, width, height, hasAlpha]).toEqual(['image/webp', 40, 30, true])
})

test('the same picture gives the same photo, so that a second import changes nothing', async () => {
  const bytes = await portraitWithPlace()
  expect((await photoFrom(bytes)).sha256).toBe((await photoFrom(bytes)).sha256)
})

test.each<[string, () => Buffer | Promise<Buffer>, string]>([
  ['text', () => Buffer.from('<svg onload="alert(1)">'), 'is no JPEG, PNG or WebP picture'],
  ['nothing', () => Buffer.alloc(0), 'is no JPEG, PNG or WebP picture'],
  ['a GIF', () => picture().gif().toBuffer(), 'is no JPEG, PNG or WebP picture'],
  ['a TIFF', () => picture().tiff().toBuffer(), 'is no JPEG, PNG or WebP picture'],
  [
    'more bytes than a telephone makes of one',
    async () => Buffer.concat([await picture().png().toBuffer(), Buffer.alloc(10 * 1024 * 1024)]),
    'is larger than 10 MB (it has 11)',
  ],
  ['a bomb: kilobytes that unpack to much', () => imageBomb(9000, 9000), 'has more than 50 million pixels'],
  [
    'one that was cut off',
    async () => (await portraitWithPlace()).subarray(0, 2000),
    "is damaged: it can't be read to its end",
  ],
  ['a signature alone', () => Buffer.from([0xff, 0xd8, 0xff, 1]), "is damaged: it can't be read to its end"],
])('%s is refused as a photo', async (_, bytes, reason) => {
  expect(await photoOfBytes(await bytes())).toBe(reason)
})

test('a file that is no photo is named with its fault', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'urna-photo-'))
  const path = join(folder, 'ana.jpg')
  writeFileSync(path, imageBomb(8000, 8000))
  await expect(readPhotoFile(path)).rejects.toMatchObject({
    code: 'photo-invalid',
    message: `${path} has more than 50 million pixels.`,
  })
  rmSync(folder, { recursive: true })
})
