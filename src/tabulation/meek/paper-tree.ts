import type { BallotGroups } from '../ballot-groups.ts'
import type { IrregularRankings } from '../irregular-rankings.ts'
import type { OptionIndex } from '../option-index.ts'
import { emptyPile, joinPiles, type Pile } from '../pile.ts'
import { RankedPapers } from '../ranked-papers.ts'

/** The node from which all others descend; it stands for no option. */
export const root = 0

/**
 * The papers of a count in which elected options pass a part of every paper on: a tree, in which a node stands
 * for an option, and those below it for the options to which its papers go next. Only elected options have nodes
 * below them; all papers at a continuing option lie in one pile, however they go on. So papers that went the same
 * way are worth the same and are counted as one number, and a paper is read on when its pile's option is elected
 * or excluded and at no other time.
 *
 * Nodes are numbered so that a node comes before those below it. Nodes that lost their papers have weight 0.
 */
export class PaperTree {
  readonly #papers: RankedPapers
  readonly #optionCount: number
  /** 1 for options that are neither excluded nor withdrawn. */
  readonly #standing: Uint8Array
  readonly #elected: Uint8Array
  readonly #options: OptionIndex[] = [-1]
  readonly #parents: number[] = [root]
  readonly #weights: number[] = [0]
  readonly #ended: number[] = [0]
  /** Of nodes of continuing options. */
  readonly #piles: Pile[] = [emptyPile()]
  /** The nodes of each continuing option. */
  readonly #nodes: number[][]
  /** By parent × number of options + option. */
  readonly #childOf = new Map<number, number>()
  /** Weight of the papers that are not blank but name no standing option. */
  readonly uncountable: number

  constructor(groups: BallotGroups, rules: IrregularRankings, standing: readonly OptionIndex[]) {
    this.#papers = new RankedPapers(groups, rules)
    this.#optionCount = groups.optionCount
    this.#standing = new Uint8Array(groups.optionCount)
    for (const option of standing) this.#standing[option] = 1
    this.#elected = new Uint8Array(groups.optionCount)
    this.#nodes = Array.from({ length: groups.optionCount }, () => [])
    const papers = this.#papers.all()
    this.#weights[root] = papers.weight
    this.#sortBelow(root, papers)
    this.uncountable = this.#ended[root]!
    this.#ended[root] = 0
    this.#weights[root]! -= this.uncountable
  }

  get size(): number {
    return this.#options.length
  }

  optionOf(node: number): OptionIndex {
    return this.#options[node]!
  }

  parentOf(node: number): number {
    return this.#parents[node]!
  }

  /** Of the papers that reach the node, in units of the ballot groups. */
  weightOf(node: number): number {
    return this.#weights[node]!
  }

  /** Of those of them that name no further standing option. */
  endedAt(node: number): number {
    return this.#ended[node]!
  }

  /** From now on the option passes papers on. */
  elect(option: OptionIndex): void {
    this.#elected[option] = 1
    for (const node of this.#nodes[option]!) {
      const pile = this.#piles[node]!
      this.#piles[node] = emptyPile()
      this.#sortBelow(node, pile)
    }
    this.#nodes[option] = []
  }

  /** Takes continuing options off the papers. */
  exclude(options: readonly OptionIndex[]): void {
    for (const option of options) this.#standing[option] = 0
    for (const option of options) {
      for (const node of this.#nodes[option]!) {
        const parent = this.#parents[node]!
        const pile = this.#piles[node]!
        this.#piles[node] = emptyPile()
        this.#weights[node] = 0
        this.#childOf.delete(this.#key(parent, option))
        this.#sortBelow(parent, pile)
      }
      this.#nodes[option] = []
    }
  }

  /** Sorts papers that passed the options from the root to a node by the option to which they go next. */
  #sortBelow(parent: number, pile: Pile): void {
    const passed = this.#passedBy(parent)
    for (const option of passed) this.#standing[option] = 0
    const sorted = this.#papers.sort(pile, this.#standing)
    for (const option of passed) this.#standing[option] = 1
    this.#ended[parent]! += sorted.exhausted.weight
    for (const [option, papers] of sorted.piles) {
      const node = this.#childOf.get(this.#key(parent, option)) ?? this.#add(parent, option)
      this.#weights[node]! += papers.weight
      if (this.#elected[option]) this.#sortBelow(node, papers)
      else joinPiles(this.#piles[node]!, papers)
    }
  }

  /** A paper doesn't come back to an option that it passed, though it may name it again. */
  #passedBy(node: number): OptionIndex[] {
    const passed: OptionIndex[] = []
    for (let at = node; at !== root; at = this.#parents[at]!) passed.push(this.#options[at]!)
    return passed
  }

  #add(parent: number, option: OptionIndex): number {
    const node = this.#options.length
    this.#options.push(option)
    this.#parents.push(parent)
    this.#weights.push(0)
    this.#ended.push(0)
    this.#piles.push(emptyPile())
    this.#childOf.set(this.#key(parent, option), node)
    if (!this.#elected[option]) this.#nodes[option]!.push(node)
    return node
  }

  #key(parent: number, option: OptionIndex): number {
    return parent * this.#optionCount + option
  }
}
