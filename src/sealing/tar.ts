/**
 * The tar blocks of a Belenios archive: old-style entries whose every byte follows from a name, a size and
 * the archive's one timestamp, so that a reader can regenerate them and want the same bytes.
 */

export const blockSize = 512

export interface TarEntry {
  /** ASCII, shorter than 100 characters. */
  readonly name: string
  /** Bytes, below 8 GiB. */
  readonly size: number
  /** Seconds since 1970. */
  readonly timestamp: number
}

/** The largest number that eleven octal digits hold, for a size or a timestamp. */
export const largestTarNumber = 8 ** 11 - 1

const nameLength = 100
const sizeOffset = 124
const timestampOffset = 136
const checksumOffset = 148

/** The 512 bytes before an entry's content. */
export function tarHeader({ name, size, timestamp }: TarEntry): Uint8Array {
  const block = new Uint8Array(blockSize)
  write(block, 0, name)
  write(block, 100, '0000644')
  write(block, 108, '0000000')
  write(block, 116, '0000000')
  write(block, sizeOffset, octal(size, 11))
  write(block, timestampOffset, octal(timestamp, 11))
  write(block, checksumOffset, '        ')
  write(block, 156, '0')
  const checksum = block.reduce((sum, byte) => sum + byte, 0)
  write(block, checksumOffset, `${octal(checksum, 6)}\0 `)
  return block
}

/** What a header of 512 bytes says, or undefined if `tarHeader` would not write the very same. */
export function readTarHeader(block: Uint8Array): TarEntry | undefined {
  const [name] = text(block.subarray(0, nameLength)).split('\0', 1) as [string]
  const size = number(block, sizeOffset)
  const timestamp = number(block, timestampOffset)
  if (size === undefined || timestamp === undefined || !/^[\x21-\x7e]{1,99}$/.test(name)) return undefined
  const entry = { name, size, timestamp }
  const expected = tarHeader(entry)
  return block.every((byte, i) => byte === expected[i]) ? entry : undefined
}

/** How many zero bytes fill the last block of a content. */
export function paddingOf(size: number): number {
  return (blockSize - (size % blockSize)) % blockSize
}

function number(block: Uint8Array, offset: number): number | undefined {
  const digits = text(block.subarray(offset, offset + 11))
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : undefined
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0')
}

function write(block: Uint8Array, offset: number, ascii: string): void {
  for (let i = 0; i < ascii.length; i++) block[offset + i] = ascii.charCodeAt(i)
}

function text(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}
