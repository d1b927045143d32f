import { type BallotKind, maxScore, sharesRank, skippedRank } from './ballot-groups.ts'
import { sortPairs, sortSharedRanks } from './packed-entries.ts'
import { TabulationRefusal } from './refusals.ts'

/** A ballot that was checked, in the form in which alike ballots are the same; used again for the next. */
export class CanonicalBallot {
  readonly #kind: BallotKind
  readonly #optionCount: number
  entries = new Uint16Array(64)

  constructor(kind: BallotKind, optionCount: number) {
    this.#kind = kind
    this.#optionCount = optionCount
  }

  /**
   * Takes the first `length` entries of a ballot.
   * @returns how many entries it has now
   * @throws TabulationRefusal `ballot-malformed`
   */
  take(entries: ArrayLike<number>, length: number): number {
    switch (this.#kind) {
      case 'rankings':
        return this.#copyRanking(entries, length)
      case 'selections':
        return this.#copySelections(entries, length)
      case 'scores':
        return this.#copyScores(entries, length)
    }
  }

  #copyScores(entries: ArrayLike<number>, length: number): number {
    const own = this.#makeRoom(length)
    for (let position = 0; position < length; position += 2) {
      const option = entries[position]!
      const score = entries[position + 1]
      if (!this.#isOption(option)) throw malformed(option)
      if (!isScore(score)) throw scoreOutOfRange(score)
      own[position] = option
      own[position + 1] = score
    }
    sortPairs(own.subarray(0, length))
    for (let position = 2; position < length; position += 2) {
      if (own[position] === own[position - 2]) throw malformed(own[position]!)
    }
    return length
  }

  #copyRanking(entries: ArrayLike<number>, length: number): number {
    const own = this.#makeRoom(length)
    const optionCount = this.#optionCount
    for (let position = 0; position < length; position++) {
      const entry = entries[position]!
      if (!(entry >= 0 && entry < optionCount && Number.isInteger(entry))) {
        return this.#copyIrregular(entries, length)
      }
      own[position] = entry
    }
    return length
  }

  /** Copies a ranking with shared or empty ranks. */
  #copyIrregular(entries: ArrayLike<number>, length: number): number {
    const own = this.entries
    let previous = skippedRank
    for (let position = 0; position < length; position++) {
      const entry = entries[position]!
      if (entry !== skippedRank) {
        const shares = entry >= sharesRank
        if (!this.#isOption(shares ? entry - sharesRank : entry) || (shares && previous === skippedRank)) {
          throw malformed(entry)
        }
      }
      own[position] = previous = entry
    }
    let end = length
    while (end > 0 && own[end - 1] === skippedRank) end--
    sortSharedRanks(own.subarray(0, end))
    return end
  }

  #copySelections(entries: ArrayLike<number>, length: number): number {
    const own = this.#makeRoom(length)
    for (let position = 0; position < length; position++) {
      if (!this.#isOption(entries[position]!)) throw malformed(entries[position]!)
      own[position] = entries[position]!
    }
    const selected = own.subarray(0, length).sort()
    let end = 0
    for (const option of selected) if (end === 0 || own[end - 1] !== option) own[end++] = option
    return end
  }

  #isOption(entry: number): boolean {
    return Number.isInteger(entry) && entry >= 0 && entry < this.#optionCount
  }

  #makeRoom(length: number): Uint16Array {
    if (length > this.entries.length) this.entries = new Uint16Array(length * 2)
    return this.entries
  }
}

function isScore(score: number | undefined): score is number {
  return score !== undefined && Number.isInteger(score) && score >= 0 && score <= maxScore
}

function scoreOutOfRange(score: number | undefined): TabulationRefusal {
  return new TabulationRefusal('ballot-malformed', `A score is a whole number from 0 to ${maxScore}.`, {
    score,
  })
}

function malformed(entry: number): TabulationRefusal {
  return new TabulationRefusal(
    'ballot-malformed',
    `A ballot names an option that does not exist, or scores it twice: ${entry}.`,
    { entry },
  )
}
