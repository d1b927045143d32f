/** MS-DOS date of 1 January 1980, the first that a zip file can hold, as its two little-endian bytes. */
const epoch = [0x21, 0x00]

const localHeader = 0x04034b50
const centralHeader = 0x02014b50
const endOfCentralDirectory = 0x06054b50

/**
 * Sets every modification time in a zip file to the same moment, in place, so that the same content always
 * gives the same bytes.
 *
 * Source: PKWARE's APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16.
 */
export function withoutZipTimes(zip: Uint8Array): Uint8Array {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
  const end = findEnd(view)
  const count = view.getUint16(end + 10, true)
  let central = view.getUint32(end + 16, true)
  for (let entry = 0; entry < count; entry++) {
    if (view.getUint32(central, true) !== centralHeader) throw new RangeError('not a plain zip file')
    zip.set([0, 0, ...epoch], central + 12)
    const local = view.getUint32(central + 42, true)
    if (view.getUint32(local, true) !== localHeader) throw new RangeError('not a plain zip file')
    zip.set([0, 0, ...epoch], local + 10)
    const variable = [28, 30, 32].map((offset) => view.getUint16(central + offset, true))
    central += 46 + variable.reduce((sum, length) => sum + length, 0)
  }
  return zip
}

function findEnd(view: DataView): number {
  for (let at = view.byteLength - 22; at >= 0; at--) {
    if (view.getUint32(at, true) === endOfCentralDirectory) return at
  }
  throw new RangeError('not a zip file')
}
