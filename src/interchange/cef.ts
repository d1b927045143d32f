import { packRanking } from '../tabulation/ballot-groups.ts'
import { BallotCollector } from './ballot-collector.ts'
import type { BallotFile } from './ballot-file.ts'
import type { BallotFormat, ReadOptions } from './ballot-format.ts'
import { writeCef } from './cef-writer.ts'
import { Irregularities } from './irregularities.ts'
import { type LineFormat, LineReader } from './line-reader.ts'
import { OptionList } from './option-list.ts'

/** The Condorcet Election Format: `tag || A > B = C ^weight * number`. */
export const cef: BallotFormat = {
  id: 'cef',
  title: 'Condorcet Election Format',
  extensions: ['cvotes'],
  fits: (head) =>
    /^#\/ *(candidates|number of seats|implicit ranking|weight allowed|voting methods) *:/im.test(head),
  reader: (options) => {
    const irregularities = new Irregularities('cef', options.irregularities)
    return new LineReader(new CefLines(options, irregularities), irregularities)
  },
  write: writeCef,
  keeps: ['seats'],
}

/** The word for a ballot that ranks nothing. */
const emptyRanking = '/EMPTY_RANKING/'

class CefLines implements LineFormat {
  readonly #irregularities: Irregularities
  readonly #ballots: BallotCollector
  readonly #options = new OptionList()
  readonly #find: string | undefined
  #candidates: 'declared' | 'met on ballots' = 'met on ballots'
  #seats: number | undefined
  #weights: 'counted' | 'left out' = 'left out'

  constructor(options: ReadOptions, irregularities: Irregularities) {
    this.#irregularities = irregularities
    this.#find = options.find
    this.#ballots = new BallotCollector('rankings', options, irregularities)
  }

  line(text: string, number: number): void {
    const parameter = /^#\/([^:]*):(.*)$/.exec(text)
    if (parameter) {
      this.#readParameter(parameter[1]!.trim().toLowerCase(), parameter[2]!.trim(), number)
      return
    }
    const comment = text.indexOf('#')
    let column = 1
    for (const ballot of (comment === -1 ? text : text.slice(0, comment)).split(';')) {
      if (ballot.trim() !== '') this.#readBallot(ballot, number, column)
      column += ballot.length + 1
    }
  }

  end(lines: number): BallotFile {
    return {
      title: '',
      options: this.#options.names,
      withdrawn: [],
      ...(this.#seats !== undefined && { seats: this.#seats }),
      ...this.#ballots.finish(this.#options.names.length, { line: Math.max(lines, 1), column: 1 }),
      warnings: this.#irregularities.remarks(),
    }
  }

  #readParameter(name: string, value: string, line: number): void {
    switch (name) {
      case 'candidates':
        this.#candidates = 'declared'
        for (const candidate of value.split(';'))
          if (candidate.trim() !== '') this.#options.add(candidate.trim())
        break
      case 'number of seats':
        if (/^[1-9]\d{0,8}$/.test(value)) this.#seats = Number(value)
        else
          this.#irregularities.note(
            { line, column: 1 },
            'The number of seats is no whole number; it was left out.',
          )
        break
      case 'weight allowed':
        this.#weights = value.toLowerCase() === 'false' ? 'left out' : 'counted'
        break
    }
  }

  #readBallot(text: string, line: number, column: number): void {
    const [tags, ranking] = text.includes('||') ? splitOnce(text, '||') : ['', text]
    const [head, ...signed] = ranking.split(/(?=[*^])/)
    let weight = '1'
    let times = '1'
    for (const part of signed) {
      const value = part.slice(1).trim()
      const place = { line, column: column + text.indexOf(part) }
      if (!/^\d+$/.test(value))
        throw this.#irregularities.unreadable(place, 'A whole number was expected after * or ^.')
      if (part[0] === '*') times = value
      else if (this.#weights === 'counted') weight = value
      else this.#irregularities.note(place, 'A weight was left out, as #/Weight Allowed is not true.')
    }
    const ranks = this.#readRanks(head!, line, column)
    const votes = (BigInt(weight) * BigInt(times)).toString()
    const ids = tags.split(',').map((tag) => tag.trim())
    const id = ids.find((tag) => tag === this.#find)
    this.#ballots.add(packRanking(ranks), votes, { line, column }, id)
  }

  #readRanks(text: string, line: number, column: number): number[][] {
    if (text.trim() === emptyRanking || text.trim() === '') return []
    const place = { line, column }
    const ranks = text.split('>').map((rank) =>
      rank.split('=').flatMap((word) => {
        const name = word.trim()
        if (name === '') return []
        const known = this.#options.positionOf(name)
        if (known !== undefined) return known
        if (this.#candidates === 'met on ballots') return this.#options.add(name)
        this.#irregularities.note(
          place,
          `${JSON.stringify(name)} is not among the candidates; it was left out.`,
        )
        return []
      }),
    )
    const named = ranks.filter((rank) => rank.length > 0)
    if (/(^|[>=])\s*([>=]|$)/.test(text))
      this.#irregularities.note(place, 'A rank without a name was left out.')
    return named
  }
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator)
  return [text.slice(0, at), text.slice(at + separator.length)]
}
