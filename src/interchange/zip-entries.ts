import { inflateRawSync } from 'node:zlib'

const centralHeader = 0x02014b50
const localHeader = 0x04034b50
const endOfCentralDirectory = 0x06054b50

/** The most bytes that an entry may hold. */
const largestEntry = 1 << 30

/**
 * The entries of a zip file by name; each is decompressed when it is asked for.
 * @throws RangeError if it is no zip file of one part, damaged, encrypted or otherwise compressed than by deflate
 *
 * Source: PKWARE's APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16.
 */
export function zipEntries(zip: Uint8Array): ReadonlyMap<string, () => Uint8Array> {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
  const end = endOf(view)
  const entries = new Map<string, () => Uint8Array>()
  let at = view.getUint32(end + 16, true)
  for (let entry = view.getUint16(end + 10, true); entry > 0; entry--) {
    if (view.getUint32(at, true) !== centralHeader) throw new RangeError('not a plain zip file')
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) =>
      view.getUint16(at + field, true),
    )
    const name = Buffer.from(zip.subarray(at + 46, at + 46 + nameLength!)).toString()
    const place = {
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      length: view.getUint32(at + 20, true),
      local: view.getUint32(at + 42, true),
    }
    entries.set(name, () => contentOf(zip, view, place))
    at += 46 + nameLength! + extraLength! + commentLength!
  }
  return entries
}

function contentOf(
  zip: Uint8Array,
  view: DataView,
  entry: { readonly flags: number; readonly method: number; readonly length: number; readonly local: number },
): Uint8Array {
  const { flags, method, length, local } = entry
  if (view.getUint32(local, true) !== localHeader || (flags & 1) === 1) {
    throw new RangeError('a damaged or encrypted entry')
  }
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
  const bytes = zip.subarray(start, start + length)
  if (method === 0) return bytes
  if (method !== 8) throw new RangeError('an entry that is not compressed by deflate')
  try {
    return inflateRawSync(bytes, { maxOutputLength: largestEntry })
  } catch {
    throw new RangeError('a damaged entry')
  }
}

function endOf(view: DataView): number {
  for (let at = view.byteLength - 22; at >= 0 && at >= view.byteLength - 22 - 0xffff; at--) {
    if (view.getUint32(at, true) === endOfCentralDirectory) return at
  }
  throw new RangeError('not a zip file')
}
