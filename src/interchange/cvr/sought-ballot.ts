/** Which of its names a ballot is looked for by; `undefined` if it is another. */
export type SoughtBy = 'id' | 'number' | undefined

/**
 * Whether a ballot is the one that `ReadOptions.find` names.
 * @param ballot.number in the file, from 1
 * @param ballot.ids that the file gives it
 */
export function soughtBy(
  find: string | undefined,
  ballot: { readonly number: number; readonly ids: readonly (string | undefined)[] },
): SoughtBy {
  if (find === undefined) return undefined
  if (ballot.ids.includes(find)) return 'id'
  return find === String(ballot.number) ? 'number' : undefined
}

/** Keeps the group of the ballot that is sought. Ids go before numbers, as they can be numbers too. */
export class SoughtBallot {
  readonly #found: Partial<Record<'id' | 'number', number>> = {}

  saw(group: number, sought: SoughtBy): void {
    if (sought !== undefined) this.#found[sought] ??= group
  }

  get group(): number | undefined {
    return this.#found.id ?? this.#found.number
  }
}
