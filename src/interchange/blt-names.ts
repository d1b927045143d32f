/**
 * The names on a line: each in quotes, with quotes inside doubled; or, without such quotes, the whole line
 * as one. None on an empty line or a comment.
 */
export function namesOnLine(line: string): string[] {
  const text = line.replace(/^[\s,]+|[\s,]+$/g, '')
  if (text === '' || text.startsWith('#')) return []
  const quoted = quotedNames(text)
  if (quoted !== undefined) return quoted
  // Outer quotes whose inner ones were not doubled, or one that was never closed.
  return [text.replace(/^"/, '').replace(/"$/, '').trim()]
}

/** `undefined` if the text is not made of names in quotes only, and a comment. */
function quotedNames(text: string): string[] | undefined {
  const names: string[] = []
  const name = /"((?:[^"]|"")*)"[\s,]*/y
  for (let match = name.exec(text); match; match = name.exec(text)) {
    names.push(match[1]!.replaceAll('""', '"').trim())
    if (name.lastIndex === text.length || text[name.lastIndex] === '#') return names
  }
  return undefined
}
