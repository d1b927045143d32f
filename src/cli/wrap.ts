/** Breaks a text between words into lines of at most `width` columns; a longer word has a line of its own. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && textWidth(last) + 1 + textWidth(word) <= width)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

/** Letters that take two columns: East Asian ones, and pictures. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}\p{Emoji}\p{Extended_Pictographic}]/u
const plain = /^[ -~]*$/

/** Columns that a text takes in a terminal, rather too many than too few: a table cuts off what it did not expect. */
export function textWidth(text: string): number {
  if (plain.test(text)) return text.length
  let columns = 0
  for (const letter of text) columns += !plain.test(letter) && wide.test(letter) ? 2 : 1
  return columns
}

/** Breaks a word into pieces of at most `width` columns. */
export function breakWord(word: string, width: number): string[] {
  const pieces: string[] = ['']
  for (const letter of word) {
    const last = pieces.at(-1) ?? ''
    if (last !== '' && textWidth(last + letter) > width) pieces.push(letter)
    else pieces[pieces.length - 1] = last + letter
  }
  return pieces
}

/** A sentence in lines of at most `width` columns, the first after a mark, the others below its first word. */
export function hanging(sentence: string, mark: string, width: number): string[] {
  const indent = ' '.repeat(textWidth(mark))
  const room = width - indent.length
  return wrapText(sentence, room)
    .flatMap((line) => breakWord(line, room))
    .map((line, index) => (index === 0 ? mark : indent) + line)
}
