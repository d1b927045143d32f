/** An option on a ballot in ABIF. */
export interface AbifItem {
  readonly name: string
  readonly rating: number | undefined
  /** What stands between it and the one before; of the first, a comma. */
  readonly before: '>' | '=' | ','
}

export class AbifSyntaxError extends Error {
  readonly at: number

  constructor(at: number, message: string) {
    super(message)
    this.at = at
  }
}

/** A line without its comment: `#` outside of brackets and quotes. */
export function abifText(line: string): string {
  if (!line.includes('#')) return line
  let closes: string | undefined
  for (let at = 0; at < line.length; at++) {
    const letter = line[at]!
    if (closes !== undefined) {
      if (letter === closes) closes = undefined
    } else if (letter === '#') return line.slice(0, at)
    else if (letter === '[') closes = ']'
    else if (letter === '"') closes = '"'
  }
  return line
}

/** The options of a ballot. @throws AbifSyntaxError */
export function abifItems(text: string, from: number): AbifItem[] {
  const items: AbifItem[] = []
  if (text.slice(from).trim() === '') return items
  const item =
    /\s*(?:\[([^\]]*)\]|"([^"]*)"|([^\s>=,/[\]"](?:[^>=,/[\]"]*[^\s>=,/[\]"])?))\s*(?:\/\s*(\d{1,6}))?\s*(?:([>=,])|$)/y
  let before: AbifItem['before'] = ','
  for (let at = from; ; at = item.lastIndex) {
    item.lastIndex = at
    const match = item.exec(text)
    if (!match) throw new AbifSyntaxError(at, 'An option was expected, with a rating as /5 if it has one.')
    const name = (match[1] ?? match[2] ?? match[3])!.trim()
    items.push({ name, rating: match[4] === undefined ? undefined : Number(match[4]), before })
    if (match[5] === undefined) return items
    before = match[5] as AbifItem['before']
  }
}
