/** For comparing: texts that differ in case alone, or in the way accents are encoded, are the same. */
export function sameText(text: string): string {
  return text.normalize('NFC').toLowerCase()
}
