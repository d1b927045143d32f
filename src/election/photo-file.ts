import { readFileSync } from 'node:fs'
import { type Photo, photoOfBytes } from './photo.ts'
import { PhotoInvalid } from './refusals.ts'

/** @throws PhotoInvalid if it can't be read, is too large or is no picture */
export function readPhotoFile(path: string): Photo {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new PhotoInvalid(path, code === 'ENOENT' ? 'is not there' : `can't be read (${code})`)
  }
  const photo = photoOfBytes(bytes)
  if (typeof photo === 'string') throw new PhotoInvalid(path, photo)
  return photo
}
