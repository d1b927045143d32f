import { SaxesParser, type SaxesTagPlain } from 'saxes'
import type { Irregularities, Place } from './irregularities.ts'

/** The parser is given pieces of one length, as the place at which it sees an error depends on it. */
const pieceLength = 1 << 16

/** The deepest nesting of elements. */
const deepest = 100

/**
 * An element that is wanted: each attribute as a text, each child as a list of texts or elements. One with
 * attributes but without children has its text as `#text`.
 */
export type XmlFields = Readonly<Record<string, unknown>>

interface OpenElement {
  readonly name: string
  readonly fields: Record<string, unknown>
  readonly place: Place
  text: string
  hasChildren: boolean
}

const parserOptions = { position: true, xmlns: false } as const
type Parser = SaxesParser<typeof parserOptions>

/** Takes an element that stands in the root element, and is wanted. */
type TakeElement = (name: string, element: XmlFields, place: Place) => void

/**
 * Reads XML a piece at a time, and hands over the wanted children of its root element one by one. Prefixes of
 * names are left out, and the attribute `ObjectId` is the member `@id`, which it is in JSON.
 */
export class XmlElements {
  readonly #isWanted: (name: string, depth: number) => boolean
  readonly #take: TakeElement
  readonly #irregularities: Irregularities
  #parser: Parser
  #pending = ''
  #open: OpenElement[] = []
  #depth = 0
  #isDone = false

  /** @param isWanted an element of some depth; the root has depth 0. What is in it is handed over with it. */
  constructor(
    isWanted: (name: string, depth: number) => boolean,
    take: TakeElement,
    irregularities: Irregularities,
  ) {
    this.#isWanted = isWanted
    this.#take = take
    this.#irregularities = irregularities
    this.#parser = this.#newParser()
  }

  /** @throws BallotFileUnreadable */
  write(text: string): void {
    this.#pending += text
    let at = 0
    for (; this.#pending.length - at >= pieceLength; at += pieceLength) {
      this.#parser.write(this.#pending.slice(at, at + pieceLength))
    }
    this.#pending = this.#pending.slice(at)
  }

  /** @throws BallotFileUnreadable if the root element is not complete */
  end(): void {
    this.#parser.write(this.#pending).close()
    this.#pending = ''
    if (!this.#isDone) throw this.#unreadable('The file ends before its root element.')
  }

  /** The document is followed by another one. */
  next(): void {
    this.end()
    this.#parser = this.#newParser()
    this.#isDone = false
  }

  #newParser(): Parser {
    const parser: Parser = new SaxesParser(parserOptions)
    parser.on('error', (error) => {
      throw this.#unreadable(`${error.message.replace(/^\d+:\d+: /, '').replace(/\.?$/, '.')}`)
    })
    parser.on('opentag', (tag) => this.#openElement(tag))
    parser.on('closetag', () => this.#closeElement())
    parser.on('text', (text) => this.#addText(text))
    parser.on('cdata', (text) => this.#addText(text))
    return parser
  }

  #openElement({ name, attributes }: SaxesTagPlain): void {
    const local = localName(name)
    const depth = this.#depth++
    if (depth > deepest) throw this.#unreadable('Elements are nested too deeply.')
    if (this.#open.length === 0 && !this.#isWanted(local, depth)) return
    const parent = this.#open.at(-1)
    if (parent) parent.hasChildren = true
    const fields: Record<string, unknown> = Object.create(null)
    for (const [attribute, value] of Object.entries(attributes)) {
      const field = localName(attribute)
      fields[field === 'ObjectId' ? '@id' : field] = value
    }
    this.#open.push({ name: local, fields, place: this.#place(), text: '', hasChildren: false })
  }

  #closeElement(): void {
    this.#depth--
    if (this.#depth === 0) this.#isDone = true
    const element = this.#open.pop()
    if (element === undefined) return
    const { name, fields, place, text, hasChildren } = element
    const parent = this.#open.at(-1)
    if (parent === undefined) {
      this.#take(name, fields, place)
      return
    }
    const isText = !hasChildren && Object.keys(fields).length === 0
    if (!hasChildren && !isText) fields['#text'] = text
    const siblings = parent.fields[name]
    const value = isText ? text.trim() : fields
    // An attribute of the same name gives way.
    if (Array.isArray(siblings)) siblings.push(value)
    else parent.fields[name] = [value]
  }

  #addText(text: string): void {
    const element = this.#open.at(-1)
    if (element) element.text += text
  }

  #place(): Place {
    return { line: this.#parser.line, column: this.#parser.column + 1 }
  }

  #unreadable(message: string): Error {
    return this.#irregularities.unreadable(this.#place(), message)
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
