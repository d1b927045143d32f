import type { Irregularities, Place } from './irregularities.ts'

const lineFeed = 0x0a
const quote = 0x22
const backslash = 0x5c
const openSquare = 0x5b
const closeSquare = 0x5d
const openBrace = 0x7b
const closeBrace = 0x7d

/** The longest element, in characters. */
const longestElement = 1 << 26

/** Takes an element of a list that is a member of the object. */
type TakeElement = (list: string, element: unknown, place: Place) => void

/**
 * Reads a JSON object a piece at a time, and hands over the elements of its lists one by one, so that the
 * whole is never in memory. What is not wanted is passed over.
 */
export class JsonElements {
  readonly #wanted: ReadonlySet<string>
  readonly #take: TakeElement
  readonly #irregularities: Irregularities
  /** The text from where something begins that is wanted when it is complete. */
  #text = ''
  /** How far the text is scanned. */
  #at = 0
  /** Where in the text the element begins, or -1; and where that is in the file. */
  #element = -1
  #elementPlace: Place = { line: 1, column: 1 }
  /** Where in the text the string begins that is being read, or -1. */
  #string = -1
  /** The last string of the object itself: before a list, the name of the member. */
  #name = ''
  /** What closes each of the open brackets. */
  readonly #closers: number[] = []
  #isBegun = false
  #line = 1
  /** Where in the text the line begins; below 0 where that text is gone. */
  #lineStart = 0

  constructor(wanted: readonly string[], take: TakeElement, irregularities: Irregularities) {
    this.#wanted = new Set(wanted)
    this.#take = take
    this.#irregularities = irregularities
  }

  /** @throws BallotFileUnreadable */
  write(text: string): void {
    this.#text += text
    this.#scan()
    const keptFrom = this.#element >= 0 ? this.#element : this.#string >= 0 ? this.#string : this.#at
    this.#text = this.#text.slice(keptFrom)
    this.#at -= keptFrom
    this.#lineStart -= keptFrom
    if (this.#element >= 0) this.#element -= keptFrom
    if (this.#string >= 0) this.#string -= keptFrom
    if (this.#text.length > longestElement) throw this.#unreadable('What begins before does not end.')
  }

  /** @throws BallotFileUnreadable if the object is not complete */
  end(): void {
    if (!this.#isBegun) throw this.#unreadable('A JSON object was expected.')
    if (this.#closers.length > 0) throw this.#unreadable('The file ends before its JSON object.')
  }

  /** The object is followed by another one. */
  next(): void {
    this.end()
    this.#isBegun = false
    this.#line = 1
    this.#lineStart = this.#at
  }

  #scan(): void {
    const text = this.#text
    for (; this.#at < text.length; this.#at++) {
      const code = text.charCodeAt(this.#at)
      if (this.#string >= 0) {
        if (code === backslash) this.#at++
        else if (code === quote) this.#endString()
        else if (code === lineFeed) throw this.#unreadable('A string is not closed on its line.')
        continue
      }
      switch (code) {
        case lineFeed:
          this.#line++
          this.#lineStart = this.#at + 1
          break
        case quote:
          this.#string = this.#at
          break
        case openBrace:
        case openSquare:
          this.#open(code)
          break
        case closeBrace:
        case closeSquare:
          this.#close(code)
          break
        default:
          if (this.#closers.length === 0 && !/[\s\ufeff]/.test(text[this.#at]!)) {
            throw this.#unreadable('A JSON object was expected.')
          }
      }
    }
  }

  #endString(): void {
    if (this.#closers.length === 0) throw this.#unreadable('A JSON object was expected.')
    if (this.#closers.length === 1) this.#name = this.#text.slice(this.#string + 1, this.#at)
    this.#string = -1
  }

  #open(code: number): void {
    if (this.#closers.length === 0) {
      if (code !== openBrace || this.#isBegun) throw this.#unreadable('A JSON object was expected.')
      this.#isBegun = true
    }
    this.#closers.push(code === openBrace ? closeBrace : closeSquare)
    const isElement = this.#closers.length === 3 && this.#closers[1] === closeSquare
    if (isElement && this.#wanted.has(this.#name)) {
      this.#element = this.#at
      this.#elementPlace = this.#place()
    }
  }

  #close(code: number): void {
    if (this.#closers.pop() !== code) throw this.#unreadable('This bracket closes none.')
    if (this.#element < 0 || this.#closers.length !== 2) return
    const text = this.#text.slice(this.#element, this.#at + 1)
    this.#take(this.#name, this.#parse(text), this.#elementPlace)
    this.#element = -1
  }

  #parse(text: string): unknown {
    try {
      return JSON.parse(text)
    } catch (error) {
      const at = Number(/position (\d+)/.exec((error as Error).message)?.[1] ?? 0)
      const before = text.slice(0, at)
      const { line, column } = this.#elementPlace
      const lines = before.split('\n').length - 1
      throw this.#irregularities.unreadable(
        { line: line + lines, column: lines === 0 ? column + at : at - before.lastIndexOf('\n') },
        'This is not JSON.',
      )
    }
  }

  #place(): Place {
    return { line: this.#line, column: this.#at - this.#lineStart + 1 }
  }

  #unreadable(message: string): Error {
    return this.#irregularities.unreadable(this.#place(), message)
  }
}
