/** The options of a file: declared, or met on its ballots. */
export class OptionList {
  readonly names: string[] = []
  readonly #positions = new Map<string, number>()

  /** Adds an option, by the word that stands for it on ballots; its position. The first of a word counts. */
  add(word: string, name = word): number {
    const known = this.#positions.get(word)
    if (known !== undefined) return known
    this.#positions.set(word, this.names.length)
    return this.names.push(name) - 1
  }

  positionOf(word: string): number | undefined {
    return this.#positions.get(word)
  }
}
