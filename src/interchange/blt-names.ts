import type { Irregularities } from './irregularities.ts'
import { decodeText, takenForWindows1252 } from './text-encoding.ts'

const lineFeed = 0x0a

/** The names of a BLT file: of the options, in their order, and of the election. */
interface BltNames {
  readonly options: readonly string[]
  readonly title: string
}

interface NamesLine {
  readonly line: number
  readonly names: readonly string[]
}

/**
 * Reads what follows the ballots: a name in quotes for each option, and the title. Names without quotes fill
 * a line each; several in quotes can share a line as long as there are fewer lines than options.
 * @param firstLine the number of the line on which they begin
 */
export function readBltNames(
  bytes: Uint8Array,
  firstLine: number,
  optionCount: number,
  irregularities: Irregularities,
): BltNames {
  const note = (line: number, message: string) => irregularities.noteOnce({ line, column: 1 }, message)
  const lines: NamesLine[] = []
  let expected = optionCount + 1
  let start = 0
  for (let index = 0; start < bytes.length; index++) {
    const found = bytes.indexOf(lineFeed, start)
    const end = found === -1 ? bytes.length : found
    const { text, encoding } = decodeText(bytes.subarray(start, end))
    start = end + 1
    if (encoding !== 'utf-8') note(firstLine + index, takenForWindows1252)
    const { names, regular } = namesOnLine(text)
    if (names.length === 0) continue
    if (!regular && expected > 0)
      note(firstLine + index, 'A name has no quotes around it, or single quotes in it.')
    lines.push({ line: firstLine + index, names })
    expected -= names.length
  }
  const last = lines.at(-1)?.line ?? firstLine
  const onePerLine = lines.length >= optionCount
  const several = onePerLine && lines.find(({ names }) => names.length > 1)
  if (several) {
    note(several.line, 'Each line holds one name; where there were several in quotes they were joined.')
  }
  const names = lines.flatMap((line) => (onePerLine ? [line.names.join(', ')] : line.names))
  if (names.length < optionCount) note(last, 'Names of options are missing; they were numbered instead.')
  else if (names.length === optionCount) note(last, 'The title is missing.')
  if (names.length > optionCount + 1) note(last, 'Text after the title was left out.')
  const options = Array.from({ length: optionCount }, (_, option) => names[option] ?? `Option ${option + 1}`)
  return { options, title: names[optionCount] ?? '' }
}

/**
 * The names on a line: each in quotes, with quotes inside doubled; or, without such quotes, the whole line
 * as one, which is not regular. None on an empty line or a comment.
 */
function namesOnLine(line: string): { readonly names: readonly string[]; readonly regular: boolean } {
  const text = trimmed(line)
  if (text === '' || text.startsWith('#')) return { names: [], regular: true }
  const quoted = quotedNames(text)
  if (quoted !== undefined) return { names: quoted, regular: true }
  // Outer quotes whose inner ones were not doubled, or one that was never closed.
  return { names: [text.replace(/^"/, '').replace(/"$/, '').trim()], regular: false }
}

/** `undefined` if the text is not made of names in quotes only, and a comment. */
function quotedNames(text: string): string[] | undefined {
  const names: string[] = []
  const name = /"([^"]*(?:""[^"]*)*)"[\s,]*/y
  for (let match = name.exec(text); match; match = name.exec(text)) {
    names.push(match[1]!.replaceAll('""', '"').trim())
    if (name.lastIndex === text.length || text[name.lastIndex] === '#') return names
  }
  return undefined
}

/** With which DOS ends a file. */
const endOfFile = '\u001a'

/** Without spaces and commas around it; a regular expression for the whole takes quadratic time. */
function trimmed(line: string): string {
  let start = 0
  let end = line.length
  while (start < end && isEdge(line[start]!)) start++
  while (end > start && isEdge(line[end - 1]!)) end--
  return line.slice(start, end)
}

function isEdge(letter: string): boolean {
  return letter === ',' || letter === endOfFile || letter.trim() === ''
}
