import type { StarElection, StarRow } from './star-library.ts'

const optionKeys = ['method', 'seats', 'tiebreaker', 'maximum_score', 'verbosity']
const tiebreakers =
  /^(none|None|hashed_ballots|_just_raise_tiebreaker|predefined_permutation_tiebreaker\(.*\))$/

/** starvote's own format: sections of options and of ballots. @throws Error on anything else */
export function readStarvote(text: string): StarElection {
  const options = new Map<string, string | string[]>()
  const ballots: { ballots: number; scores: Map<string, number> }[] = []
  const seen = new Set<string>()
  let section: string | undefined
  let list: string[] | undefined
  let copies = 1
  let current: Map<string, number> | undefined
  for (const line of [...text.split('\n'), ''].map((each) => each.replace(/ # .*/, '').trim())) {
    if (line.startsWith('#')) continue
    if (list) {
      if (line === ']') list = undefined
      else if (line.endsWith(':')) throw new Error('a pragma inside a list')
      else if (line !== '') list.push(line)
    } else if (/^\[\w+\]$/.test(line)) {
      if (seen.has(line)) throw new Error(`${line} twice`)
      seen.add(line)
      section = line
    } else if (line === '') current = undefined
    else if (section === '[options]') {
      const [, key, value] = /^(\w+) = (.*)$/.exec(line) ?? []
      if (key === undefined || !optionKeys.includes(key) || options.has(key)) throw new Error(line)
      if (value === '[') {
        list = []
        options.set(key, list)
      } else if (key === 'tiebreaker' && !tiebreakers.test(value!)) throw new Error(`no tiebreaker: ${value}`)
      else options.set(key, value!)
    } else if (section === '[ballots]') {
      const pragma = /^(\d+) ballots?:$/.exec(line)
      const vote = /^(.*) = (\d+)$/.exec(line)
      if (pragma) copies = Number(pragma[1])
      else if (vote) {
        if (!current) {
          current = new Map()
          ballots.push({ ballots: copies, scores: current })
          copies = 1
        }
        if (current.has(vote[1]!)) throw new Error(`${vote[1]} twice on one ballot`)
        current.set(vote[1]!, Number(vote[2]))
      } else throw new Error(line)
    } else throw new Error(`no section: ${line}`)
  }
  const names = [...new Set(ballots.flatMap(({ scores }) => [...scores.keys()]))]
  const order = options.get('tiebreaker')
  return {
    method: String(options.get('method')),
    seats: Number(options.get('seats') ?? 1),
    options: names,
    lotOrder: Array.isArray(order) ? order : [],
    rows: ballots.map(({ ballots, scores }) => ({ ballots, scores: names.map((name) => scores.get(name)) })),
  }
}

/** The files that star.vote exports: three columns about the voter, then one for each option. */
export function readStarVoteCsv(text: string): StarElection {
  const [head, ...lines] = text
    .trim()
    .split('\n')
    .map((line) =>
      [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
        .map(([, cell]) => cell!.replaceAll(/^"|"$/g, '').trim())
        .slice(3),
    )
  const width = head!.at(-1) === '' ? head!.length - 1 : head!.length
  const rows: StarRow[] = lines.map((cells) => ({
    ballots: 1,
    scores: cells.slice(0, width).map((cell) => (cell === '' ? undefined : Number(cell))),
  }))
  return { method: 'star', seats: 1, options: head!.slice(0, width), lotOrder: [], rows }
}

/** The candidates that a report of starvote ends with; nothing where it ends without any. */
export function winnersOf(report: string): string[] {
  const end = /\[[^\]]*: Winners?\]\n([\s\S]*)$/.exec(report)?.[1] ?? ''
  return end
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** The candidates between whom it found an unbreakable tie. */
export function tiedOf(report: string): string[] {
  const names = /Tie between (.*)\.\s*$/.exec(report)?.[1]
  return names === undefined
    ? []
    : names
        .replace(/,? and /, ', ')
        .split(', ')
        .sort()
}

/** The orders that it drew for its ties, one a tie. */
export function drawnOrders(report: string): string[][] {
  const lists = report.matchAll(
    /ermuted list of candidates:\n((?: +(?:\d+\. )?\S.*\n)*?)(?= *(?:Tiebreaker|Choosing))/g,
  )
  return [...lists].map(([, list]) =>
    list!
      .trim()
      .split('\n')
      .map((line) => line.trim().replace(/^\d+\. /, '')),
  )
}

/** The figures of a round of a report of STAR, by candidate; `No Preference` stands among them. */
export function figuresOf(
  report: string,
  round: 'Scoring Round' | 'Automatic Runoff Round',
): Map<string, string> {
  const block = new RegExp(`\\[STAR Voting: ${round}\\]\\n([\\s\\S]*?)\\n\\n`).exec(report)?.[1] ?? ''
  const lines = block.matchAll(/^ +(\S.*?) +-- +(\d+)/gm)
  return new Map([...lines].map(([, name, figure]) => [name!, figure!]))
}
