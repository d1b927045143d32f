import type { BallotGroups } from '../ballot-groups.ts'
import type { OptionIndex } from '../option-index.ts'
import { joinPiles, type Pile } from '../pile.ts'
import { RankedPapers } from '../ranked-papers.ts'
import { batchesOf, type ExclusionBatch } from './exclusion-batches.ts'
import type { Ledger } from './ledger.ts'
import { lastParcels, type PapersOfValue, type Parcel, papersOf, parcelFor } from './parcels.ts'
import type { StvRuleSet } from './rule-set.ts'
import { PaperTrace } from './trace.ts'
import { transferValueRules } from './transfer-values.ts'
import { compareValues, type PaperValue, reduced, sameValue, wholeValue } from './values.ts'

/** What moved from one option, in units of the ledger. */
export interface Movement {
  readonly from: OptionIndex
  readonly received: ReadonlyMap<OptionIndex, bigint>
  readonly exhausted: bigint
  /** Less than nothing where papers come together whose votes were cut apart. */
  readonly loss: bigint
  /** Each value that papers of a surplus had and the one at which they moved on. */
  readonly values: readonly ValueChange[]
}

interface ValueChange {
  readonly before: PaperValue
  readonly after: PaperValue
}

/** Papers on their way to the next preferences. */
interface SortedPapers extends PapersOfValue {
  readonly piles: ReadonlyMap<OptionIndex, Pile>
  readonly exhausted: Pile
}

/** The table on which the papers of a count lie, in parcels beside the option that they count for. */
export class PaperTable {
  readonly #papers: RankedPapers
  readonly #ledger: Ledger
  readonly #rules: StvRuleSet
  readonly #parcels: Parcel[][]
  /** 1 for options that may receive papers. */
  readonly #receiving: Uint8Array
  readonly #trace: PaperTrace | undefined
  #batch = 0
  /** Exhausted papers of the batch, by value: what they count for is cut once for all of them. */
  #exhausted: { value: PaperValue; weight: number }[] = []

  constructor(table: {
    readonly groups: BallotGroups
    readonly rules: StvRuleSet
    readonly ledger: Ledger
    readonly receiving: readonly OptionIndex[]
    /** The number of the ballot group to follow. */
    readonly traced: number | undefined
  }) {
    const { groups, rules, ledger, receiving, traced } = table
    this.#papers = new RankedPapers(groups, rules)
    this.#ledger = ledger
    this.#rules = rules
    this.#parcels = ledger.votes.map(() => [])
    this.#receiving = new Uint8Array(ledger.votes.length)
    for (const option of receiving) this.#receiving[option] = 1
    this.#trace = traced === undefined ? undefined : new PaperTrace(traced, this.#papers)
  }

  /** From now on papers pass over this option. */
  stopReceiving(option: OptionIndex): void {
    this.#receiving[option] = 0
  }

  /** @returns the weight of the papers without a first preference that counts, which are not valid */
  layFirstPreferences(): number {
    this.#beginBatch()
    const sorted = this.#papers.sort(this.#papers.all(), this.#receiving)
    for (const [option, pile] of sorted.piles) {
      this.#trace?.move({ to: option, pile, before: wholeValue, after: wholeValue })
      this.#give(option, wholeValue, pile)
    }
    return sorted.exhausted.weight
  }

  /** Transfers what an option has above the quota; it keeps the quota, and none of the papers moves again. */
  transferSurplus(from: OptionIndex): Movement {
    const ledger = this.#ledger
    const parcels = this.#parcels[from]!
    const examined = this.#rules.papers === 'all' ? parcels : lastParcels(parcels)
    this.#parcels[from] = []
    this.#beginBatch()
    const values = this.#valuesOnTransfer(from, examined)
    const surplus = ledger.votes[from]! - ledger.quota
    ledger.votes[from] = ledger.quota
    const moved = this.#moveAll(
      from,
      values.map(({ papers, after }) => ({ papers, after })),
      transferValueRules[this.#rules.transferValue].exhausted,
    )
    // Papers at their present value that can't carry the whole surplus: the rest can't be transferred. Less than
    // nothing is left where they bring back what was cut off when they came, which is a loss undone.
    const rest = surplus - moved.votes - moved.exhausted
    const notTransferable = rest > 0n && values.every(({ before, after }) => sameValue(before, after))
    const exhausted = moved.exhausted + (notTransferable ? rest : 0n)
    return this.#entered({
      from,
      received: moved.received,
      exhausted,
      loss: notTransferable ? 0n : rest,
      values: differentChanges(values),
    })
  }

  /** The batches in which the papers of excluded options are transferred, in order. */
  exclusionBatches(options: readonly OptionIndex[]): ExclusionBatch[] {
    const held = options.flatMap((from) => this.#parcels[from]!.map((parcel) => ({ from, parcel })))
    return batchesOf(this.#rules.batches, held)
  }

  /** Transfers a batch; its papers keep their value. */
  transferBatch({ parcels }: ExclusionBatch): Movement[] {
    this.#beginBatch()
    return [...parcels].map(([from, leaving]) => {
      const taken = new Set(leaving)
      this.#parcels[from] = this.#parcels[from]!.filter((parcel) => !taken.has(parcel))
      const votes = leaving.reduce((sum, parcel) => sum + this.#votesOf(parcel), 0n)
      this.#ledger.votes[from]! -= votes
      const papers = papersOf(leaving, this.#rules.parcels).map((each) => ({
        papers: this.#sort(each),
        after: each.value,
      }))
      const { received, exhausted, votes: moved } = this.#moveAll(from, papers, 'leave')
      return this.#entered({ from, received, exhausted, loss: votes - moved - exhausted, values: [] })
    })
  }

  /** Where the traced paper lies, each part with its value; nothing where no paper is traced. */
  traced(): ReadonlyMap<OptionIndex, PaperValue> | undefined {
    return this.#trace?.held
  }

  /** Makes the units of the ledger fit the values. */
  #valuesOnTransfer(from: OptionIndex, examined: readonly Parcel[]) {
    const ledger = this.#ledger
    const votes =
      this.#rules.papers === 'all'
        ? ledger.votes[from]!
        : examined.reduce((sum, parcel) => sum + this.#votesOf(parcel), 0n)
    const sorted = papersOf(examined, this.#rules.parcels).map((each) => this.#sort(each))
    const papers = sorted.reduce((sum, { pile }) => sum + pile.weight, 0)
    const exhausted = sorted.map((each) => ({ weight: each.exhausted.weight, value: each.value }))
    const surplus = ledger.votes[from]! - ledger.quota
    // A parcel that is worth less than the surplus can't carry more than it is worth.
    if (this.#rules.papers !== 'all' && votes <= surplus) {
      return sorted.map((each) => ({ papers: each, before: each.value, after: each.value }))
    }
    const rule = transferValueRules[this.#rules.transferValue]
    const transfer = { ledger, surplus, votes, papers, exhausted }
    const share = reduced(rule.share(transfer))
    const values = sorted.map((each) => ({
      papers: each,
      before: each.value,
      after: rule.value(transfer, share, each.value),
    }))
    ledger.refineFor(share)
    return values
  }

  /** Reads papers on to their next preferences. */
  #sort({ value, pile }: PapersOfValue): SortedPapers {
    return { value, pile, ...this.#papers.sort(pile, this.#receiving) }
  }

  /** @param exhausted whether papers without a next preference stay as they are, or take their value along */
  #moveAll(
    from: OptionIndex,
    leaving: readonly { readonly papers: SortedPapers; readonly after: PaperValue }[],
    exhausted: 'stay' | 'leave',
  ) {
    const received = new Map<OptionIndex, bigint>()
    let votes = 0n
    let gone = 0n
    for (const { papers, after } of leaving) {
      if (this.#rules.parcels === 'kept apart') this.#beginBatch()
      for (const [option, pile] of papers.piles) {
        this.#trace?.move({ from, to: option, pile, before: papers.value, after })
        const credited = this.#give(option, after, pile)
        received.set(option, (received.get(option) ?? 0n) + credited)
        votes += credited
      }
      if (exhausted === 'stay') continue
      this.#trace?.move({ from, pile: papers.exhausted, before: papers.value, after })
      gone += this.#exhaust(after, papers.exhausted.weight)
    }
    return { received, votes, exhausted: gone }
  }

  /** @returns the votes that an option is credited with for them, which are cut once for all of a batch */
  #give(option: OptionIndex, value: PaperValue, pile: Pile): bigint {
    const parcel = parcelFor(this.#parcels[option]!, this.#batch, value)
    const before = this.#votesOf(parcel)
    joinPiles(parcel.pile, pile)
    const credited = this.#votesOf(parcel) - before
    this.#ledger.votes[option]! += credited
    return credited
  }

  #exhaust(value: PaperValue, weight: number): bigint {
    let alike = this.#exhausted.find((other) => sameValue(other.value, value))
    if (!alike) {
      alike = { value, weight: 0 }
      this.#exhausted.push(alike)
    }
    const before = this.#ledger.votesOf(alike.weight, value)
    alike.weight += weight
    return this.#ledger.votesOf(alike.weight, value) - before
  }

  #beginBatch(): void {
    this.#batch++
    this.#exhausted = []
  }

  #votesOf({ pile, value }: Parcel): bigint {
    return this.#ledger.votesOf(pile.weight, value)
  }

  #entered(movement: Movement): Movement {
    this.#ledger.exhausted += movement.exhausted
    this.#ledger.loss += movement.loss
    return movement
  }
}

/** Each change of value once, those of no change left out. */
function differentChanges(values: readonly ValueChange[]): ValueChange[] {
  const changes: ValueChange[] = []
  for (const { before, after } of [...values].sort((a, b) => compareValues(b.before, a.before))) {
    const last = changes.at(-1)
    const isNew = last === undefined || !sameValue(last.before, before)
    if (isNew && !sameValue(before, after)) changes.push({ before, after })
  }
  return changes
}
