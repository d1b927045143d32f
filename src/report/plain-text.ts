/** What steers a reader and is no letter: control characters, and those that turn the direction of text around. */
const steering = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu

/**
 * Text from outside for a page, a sheet or a table: each character that steers stands as U+FFFD, so that no name changes
 * the text around it or looks like another.
 */
export function unsteered(text: string): string {
  return text.replaceAll(steering, '\uFFFD')
}

/** JSON, indented for people; what steers is escaped in it, so that it means the same and moves no terminal. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2).replaceAll(steering, (character) =>
    character === '\n' ? '\n' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `${text}\n`
}
