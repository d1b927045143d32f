import type { Irregularities, Place } from './irregularities.ts'

/** What the options in brackets of a BLT file say: `[tie …]`, `[nick …]`, `[withdrawn …]`. */
export class BltOptions {
  readonly #optionCount: number
  readonly #irregularities: Irregularities
  readonly #nicks = new Map<string, number>()
  readonly withdrawn = new Set<number>()
  tieOrder: readonly number[] | undefined

  constructor(optionCount: number, irregularities: Irregularities) {
    this.#optionCount = optionCount
    this.#irregularities = irregularities
  }

  /** The position of the option that a number or a short name stands for. */
  optionOf(word: string): number | undefined {
    const option = /^\d+$/.test(word) ? Number(word) - 1 : this.#nicks.get(word)
    return option !== undefined && option >= 0 && option < this.#optionCount ? option : undefined
  }

  /**
   * Reads an option without its brackets.
   * @throws BallotFileUnreadable
   */
  read(text: string, place: Place): void {
    const [name = '', ...words] = text.split(/[\s,]+/).filter((word) => word !== '')
    switch (name) {
      case 'nick':
        this.#readNicks(words, place)
        return
      case 'tie':
        this.tieOrder = this.#eachOnce(name, words, place)
        return
      case 'withdrawn':
        for (const word of words) this.withdrawn.add(this.#known(name, word, place))
        return
      default:
        this.#irregularities.note(place, `The option [${name}] was left out; it says nothing to urna.`)
    }
  }

  #readNicks(words: readonly string[], place: Place): void {
    for (const [option, nick] of words.entries()) {
      if (/^\d+$/.test(nick) && Number(nick) !== option + 1) {
        throw this.#irregularities.unreadable(place, `[nick] gives an option the number of another, ${nick}.`)
      }
      this.#nicks.set(nick, option)
    }
    if (this.#nicks.size !== this.#optionCount || words.length !== this.#optionCount) {
      throw this.#irregularities.unreadable(place, '[nick] does not name each option once.')
    }
  }

  /** Options as an order of all; those left out follow, in the order of the ballot. */
  #eachOnce(name: string, words: readonly string[], place: Place): number[] {
    const order = words.map((word) => this.#known(name, word, place))
    const listed = new Set(order)
    if (listed.size !== order.length || listed.size !== this.#optionCount) {
      this.#irregularities.note(place, `[${name}] does not list each option once.`)
    }
    const rest = Array.from({ length: this.#optionCount }, (_, option) => option)
    return [...listed, ...rest.filter((option) => !listed.has(option))]
  }

  #known(name: string, word: string, place: Place): number {
    const option = this.optionOf(word)
    if (option !== undefined) return option
    throw this.#irregularities.unreadable(place, `[${name}] names an option that there is not.`)
  }
}
