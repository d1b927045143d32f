import type { OptionIndex } from '../option-index.ts'
import type { Parcel } from './parcels.ts'
import type { StvRuleSet } from './rule-set.ts'
import { compareValues, type PaperValue, sameValue } from './values.ts'

/** Papers of the excluded that are transferred together. */
export interface ExclusionBatch {
  readonly parcels: ReadonlyMap<OptionIndex, readonly Parcel[]>
  /** Of all its papers, where it is made by value. */
  readonly value?: PaperValue
}

/** A parcel with the excluded option beside which it lies. */
interface HeldParcel {
  readonly from: OptionIndex
  readonly parcel: Parcel
}

/** The batches in which the parcels of excluded options are transferred, in order. */
export function batchesOf(rule: StvRuleSet['batches'], held: readonly HeldParcel[]): ExclusionBatch[] {
  switch (rule) {
    case 'all papers':
      return held.length === 0 ? [] : [{ parcels: byHolder(held) }]
    case 'by value':
      return batchesByValue(held)
    case 'first preferences then by value': {
      const first = held.filter(({ parcel }) => parcel.batch === 1)
      const later = held.filter(({ parcel }) => parcel.batch !== 1)
      return [...batchesByValue(first), ...batchesByValue(later)]
    }
  }
}

function byHolder(held: readonly HeldParcel[]): Map<OptionIndex, Parcel[]> {
  const parcels = new Map<OptionIndex, Parcel[]>()
  for (const { from, parcel } of held) {
    const beside = parcels.get(from)
    if (beside) beside.push(parcel)
    else parcels.set(from, [parcel])
  }
  return parcels
}

function batchesByValue(held: readonly HeldParcel[]): ExclusionBatch[] {
  const inOrder = [...held].sort((a, b) => compareValues(b.parcel.value, a.parcel.value))
  const batches: HeldParcel[][] = []
  for (const each of inOrder) {
    const batch = batches.at(-1)
    if (batch && sameValue(batch[0]!.parcel.value, each.parcel.value)) batch.push(each)
    else batches.push([each])
  }
  return batches.map((batch) => ({ value: batch[0]!.parcel.value, parcels: byHolder(batch) }))
}
