/** What stands on paper of a text that came from outside. */
export interface Shown {
  readonly text: string
  /** Whether a letter stands there as its number. */
  readonly spelled: boolean
  /** Whether the text is longer than what stands there. */
  readonly shortened: boolean
}

/** More marks than this on one letter, and they lie over the lines around it. */
const mostMarks = 2

/**
 * A text from outside as one line that a font can show. What the font has no letter for, and what would steer the
 * reader (control characters, those that change the direction), stands as its number in Unicode, `[U+202E]`: two names
 * that differ never look alike by it, as they would with a box for each missing letter.
 *
 * @param options.has the code points of the font
 * @param options.most how many characters stand there at most; then it says how many there are
 */
export function shownWith(text: string, { has, most }: { has: ReadonlySet<number>; most: number }): Shown {
  const letters = Array.from(text.normalize('NFC').replace(/\s+/gu, ' ').trim())
  let line = ''
  let marks = 0
  let numbers: string[] = []
  let spelled = false
  const writeNumbers = () => {
    if (numbers.length > 0) line += `[${numbers.join(' ')}]`
    numbers = []
  }
  for (const letter of letters) {
    if (line.length + 8 * numbers.length >= most) {
      writeNumbers()
      return { text: `${line}… (${letters.length} characters)`, spelled, shortened: true }
    }
    marks = /\p{M}/u.test(letter) ? marks + 1 : 0
    const point = letter.codePointAt(0)!
    if (has.has(point) && marks <= mostMarks && !/\p{C}/u.test(letter)) {
      writeNumbers()
      line += letter
    } else {
      spelled = true
      numbers.push(`U+${point.toString(16).toUpperCase().padStart(4, '0')}`)
    }
  }
  writeNumbers()
  return { text: line, spelled, shortened: false }
}
