/** Keeps of each election what was made last, for as long as the key is the same: the head of its board, say. */
export class Latest<T> {
  readonly #made = new Map<string, { key: string; value: Promise<T> }>()

  /** @param make is called once for a key, however many ask at the same time. */
  of(election: string, key: string, make: () => Promise<T>): Promise<T> {
    const made = this.#made.get(election)
    if (made?.key === key) return made.value
    const latest = { key, value: make() }
    this.#made.set(election, latest)
    latest.value.catch(() => {
      if (this.#made.get(election) === latest) this.#made.delete(election)
    })
    return latest.value
  }
}
