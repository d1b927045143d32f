import { maxScore, packRanking } from '../tabulation/ballot-groups.ts'
import { type AbifItem, AbifSyntaxError, abifItems, abifText } from './abif-syntax.ts'
import { writeAbif } from './abif-writer.ts'
import { BallotCollector } from './ballot-collector.ts'
import type { BallotFile } from './ballot-file.ts'
import type { BallotFormat, ReadOptions } from './ballot-format.ts'
import { Irregularities, type Place } from './irregularities.ts'
import { type LineFormat, LineReader } from './line-reader.ts'
import { OptionList } from './option-list.ts'

const looksLikeAbif =
  /^[ \t]*(\{"[^\n]*\}|=[^\n:]+:\[[^\n]*\]|\d+[ \t]*[:*][ \t]*("[^"\n]+"|\[[^\]\n]+\]|[A-Za-z_][^\n>=,/:&|;]*)[ \t]*(\/\d+|[>=,#]|\r?$)|\d+:[ \t]*\r?$)/m

/**
 * ABIF, the aggregated ballot information format: `42:Memph/5>Nash/2>Chat/1`. Ballots are scores where no
 * ballot ranks by `>` and there are ratings, or the highest is declared; otherwise rankings.
 */
export const abif: BallotFormat = {
  id: 'abif',
  title: 'ABIF',
  extensions: ['abif'],
  fits: (head) => looksLikeAbif.test(head),
  reader: (options) => abifReader('abif', options),
  write: writeAbif,
  keeps: ['title'],
}

/** ABIF, of which the ratings are read even where ballots are ranked as well. */
export const abifScores: BallotFormat = {
  id: 'abif-scores',
  title: 'ABIF, its ratings',
  extensions: [],
  fits: () => false,
  reader: (options) => abifReader('abif-scores', options),
}

function abifReader(id: 'abif' | 'abif-scores', options: ReadOptions): LineReader {
  const irregularities = new Irregularities(id, options.irregularities)
  return new LineReader(new AbifLines(id, options, irregularities), irregularities)
}

class AbifLines implements LineFormat {
  readonly #id: 'abif' | 'abif-scores'
  readonly #irregularities: Irregularities
  /** Which of the two is meant shows at the end. */
  readonly #rankings: BallotCollector
  readonly #scores: BallotCollector
  readonly #options = new OptionList()
  #ranks = false
  #ratings = false
  #title = ''

  constructor(id: 'abif' | 'abif-scores', options: ReadOptions, irregularities: Irregularities) {
    this.#id = id
    this.#irregularities = irregularities
    this.#rankings = new BallotCollector('rankings', options, irregularities)
    this.#scores = new BallotCollector('scores', options, irregularities)
  }

  line(whole: string, line: number): void {
    const text = abifText(whole)
    const start = text.length - text.trimStart().length
    const place = { line, column: start + 1 }
    const first = text[start]
    if (first === undefined) return
    if (first === '{') this.#readMetadata(text.trim(), place)
    else if (first === '=') this.#readDeclaration(text.trim(), place)
    else {
      const count = /^\s*(\d{1,18})\s*[:*]/.exec(text)
      if (count) this.#readBallot(text, count[0].length, count[1]!, line)
      else this.#irregularities.note(place, 'This line is no ballot; it was left out.')
    }
  }

  end(lines: number): BallotFile {
    const kind = this.#id === 'abif-scores' || (this.#ratings && !this.#ranks) ? this.#scores : this.#rankings
    return {
      title: this.#title,
      options: this.#options.names,
      withdrawn: [],
      ...kind.finish(this.#options.names.length, { line: Math.max(lines, 1), column: 1 }),
      warnings: this.#irregularities.remarks(),
    }
  }

  #readMetadata(text: string, place: Place): void {
    try {
      const metadata = JSON.parse(text) as { readonly title?: unknown; readonly max_rating?: unknown }
      if (typeof metadata.title === 'string') this.#title = metadata.title
      this.#ratings ||= metadata.max_rating !== undefined
    } catch {
      this.#irregularities.note(place, 'What is in { } is no JSON; it was left out.')
    }
  }

  /** `=id:[name]` */
  #readDeclaration(text: string, place: Place): void {
    const match = /^=\s*(?:"([^"]*)"|\[([^\]]*)\]|([^:[\]"]+?))\s*:\s*\[(.*)\]$/.exec(text)
    if (match) this.#options.add((match[1] ?? match[2] ?? match[3])!, match[4]!.trim())
    else this.#irregularities.note(place, 'This line declares no option as =id:[name]; it was left out.')
  }

  #readBallot(text: string, from: number, count: string, line: number): void {
    let items: readonly AbifItem[]
    try {
      items = abifItems(text, from)
    } catch (error) {
      if (error instanceof AbifSyntaxError)
        throw this.#irregularities.unreadable({ line, column: error.at + 1 }, error.message)
      throw error
    }
    const place = { line, column: from + 1 }
    const ballot = items.map((item) => ({ ...item, option: this.#options.add(item.name) }))
    if (new Set(ballot.map(({ option }) => option)).size < ballot.length) {
      throw this.#irregularities.unreadable(place, 'An option is on the ballot twice.')
    }
    this.#ranks ||= items.some(({ before }) => before === '>')
    const rated = ballot.filter(({ rating }) => rating !== undefined)
    this.#ratings ||= rated.length > 0
    if (rated.some(({ rating }) => rating! > maxScore)) {
      throw this.#irregularities.unreadable(place, `A rating is a whole number up to ${maxScore}.`)
    }
    this.#scores.add(
      rated.flatMap(({ option, rating }) => [option, rating!]),
      count,
      place,
    )
    this.#rankings.add(packRanking(ranksOf(ballot)), count, place)
  }
}

/** Commas say nothing of ranks: with ratings those do, without them the options are equal. */
function ranksOf(ballot: readonly (AbifItem & { readonly option: number })[]): number[][] {
  const ranks: number[][] = []
  for (const { before, option } of ballot) {
    if (before === '>' || ranks.length === 0) ranks.push([option])
    else ranks.at(-1)!.push(option)
  }
  return ranks
}
