import type { Pile, RankedPapers } from '../ranked-papers.ts'

/** Papers that an option received in one stage at one value. */
export interface Parcel {
  /** Of a paper of weight 1, in units of 10^-`valuePlaces` votes. */
  readonly value: bigint
  /** The stage that brought it. */
  readonly stage: number
  readonly pile: Pile
}

/** Votes of a pile at a value: exact, as weights are whole numbers below 2^53. */
export function votesOf(pile: Pile, value: bigint): bigint {
  return BigInt(pile.weight) * value
}

/** Adds papers to the parcels of an option, under those of the same stage and value. */
export function receive(parcels: Parcel[], papers: RankedPapers, { value, stage, pile }: Parcel): void {
  const alike = parcels.find((parcel) => parcel.stage === stage && parcel.value === value)
  if (alike) papers.join(alike.pile, pile)
  else parcels.push({ value, stage, pile })
}

/** The papers of parcels by their value, highest first. The parcels are used up. */
export function pilesByValue(
  parcels: readonly Parcel[],
  papers: RankedPapers,
): { value: bigint; pile: Pile }[] {
  const piles = new Map<bigint, Pile>()
  for (const { value, pile } of parcels) {
    const together = piles.get(value)
    if (together) papers.join(together, pile)
    else piles.set(value, pile)
  }
  return [...piles].map(([value, pile]) => ({ value, pile })).sort((a, b) => (a.value > b.value ? -1 : 1))
}
