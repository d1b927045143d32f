/** Looks out for the ballot that `ReadOptions.find` names: by an id of the file, or else by its number from 1. */
export class BallotFinder {
  readonly #wanted: string | undefined
  readonly #wantedNumber: number
  #number = 0
  #byId: number | undefined
  #byNumber: number | undefined

  constructor(find: string | undefined) {
    this.#wanted = find
    this.#wantedNumber = find !== undefined && /^\d+$/.test(find) ? Number(find) : -1
  }

  /**
   * To be told of every ballot, or line of like ballots, in the order of the file.
   * @param group -1 for a ballot that belongs to none
   */
  saw(group: number, id?: string): void {
    this.#number++
    if (group < 0) return
    if (this.#number === this.#wantedNumber) this.#byNumber = group
    if (id !== undefined && id === this.#wanted) this.#byId ??= group
  }

  /** To be spread into a `BallotFile`. */
  result(): { readonly found?: number } {
    const found = this.#byId ?? this.#byNumber
    return found === undefined ? {} : { found }
  }
}
