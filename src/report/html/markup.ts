import { unsteered } from '../plain-text.ts'

/** Markup that is safe to put into a page as it stands. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export type Content = Markup | string | number | false | undefined | readonly Content[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/**
 * A template of markup. What is put into it is text, escaped whether it lands between tags or in a quoted
 * attribute, unless it is `Markup` itself; `false` and `undefined` leave nothing.
 */
export function html(pieces: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(pieces.map((piece, at) => piece + rendered(contents[at])).join(''))
}

function rendered(content: Content): string {
  if (content === undefined || content === false) return ''
  if (content instanceof Markup) return content.text
  if (typeof content === 'object') return content.map(rendered).join('')
  return unsteered(String(content)).replaceAll(/[&<>"']/g, (character) => entities[character]!)
}
