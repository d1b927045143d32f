import { emptyPile, joinPiles, type Pile } from '../pile.ts'
import type { StvRuleSet } from './rule-set.ts'
import { compareValues, type PaperValue, sameValue } from './values.ts'

/** Papers that an option received together, at one value. */
export interface Parcel {
  readonly value: PaperValue
  /** The number of the batch that brought it, from 1, the first preferences. */
  readonly batch: number
  readonly pile: Pile
}

/** Papers of one value that are transferred together, and whose votes are cut together. */
export interface PapersOfValue {
  readonly value: PaperValue
  readonly pile: Pile
}

/** The parcel of an option for papers of some value that arrive in a batch; a new one if there is none. */
export function parcelFor(parcels: Parcel[], batch: number, value: PaperValue): Parcel {
  for (let last = parcels.length - 1; last >= 0 && parcels[last]!.batch === batch; last--) {
    if (sameValue(parcels[last]!.value, value)) return parcels[last]!
  }
  const parcel = { value, batch, pile: emptyPile() }
  parcels.push(parcel)
  return parcel
}

/** Those of the last batch. */
export function lastParcels(parcels: readonly Parcel[]): Parcel[] {
  const batch = parcels.at(-1)?.batch
  return parcels.filter((parcel) => parcel.batch === batch)
}

/** The papers of parcels, joined by their value, highest first; or as they arrived. The parcels are used up. */
export function papersOf(parcels: readonly Parcel[], rule: StvRuleSet['parcels']): PapersOfValue[] {
  if (rule === 'kept apart') return parcels.map(({ value, pile }) => ({ value, pile }))
  const byValue: PapersOfValue[] = []
  for (const { value, pile } of [...parcels].sort((a, b) => compareValues(b.value, a.value))) {
    const above = byValue.at(-1)
    if (above && sameValue(above.value, value)) joinPiles(above.pile, pile)
    else byValue.push({ value, pile })
  }
  return byValue
}
