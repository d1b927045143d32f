import { readFile } from 'node:fs/promises'
import { type Photo, photoOfBytes } from './photo.ts'
import { PhotoInvalid } from './refusals.ts'

/** @throws PhotoInvalid if it can't be read, is too large or is no picture */
export async function readPhotoFile(path: string): Promise<Photo> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new PhotoInvalid(path, code === 'ENOENT' ? 'is not there' : `can't be read (${code})`)
  }
  const photo = await photoOfBytes(bytes)
  if (typeof photo === 'string') throw new PhotoInvalid(path, photo)
  return photo
}
