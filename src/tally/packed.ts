/** Points or scalars, of 32 bytes each, in one row. */
export function packed(items: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(32 * items.length)
  for (const [i, item] of items.entries()) bytes.set(item, 32 * i)
  return bytes
}

/** The items are parts of the row, not copies: to wipe the row wipes them. */
export function unpacked<T extends Uint8Array>(bytes: Uint8Array): T[] {
  return Array.from({ length: bytes.length / 32 }, (_, i) => bytes.subarray(32 * i, 32 * i + 32) as T)
}
