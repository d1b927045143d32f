import { countListVotes, seatsByList } from '../../support/list-elections.ts'

type Votes = Record<string, number>

interface Constituency {
  readonly land: string
  readonly first: Votes
  readonly second: Votes
}

export interface Bundestag {
  readonly constituencies: readonly Constituency[]
  /** Names of the states by their numbers. */
  readonly states: Readonly<Record<string, string>>
}

/** Reads the returning officer's table: three lines of head, then constituencies, states and the whole. */
export function readBundestag(text: string): Bundestag {
  const [head, kinds, ...rows] = text.split('\n').map((line) => line.split('\t'))
  const votesOf = (row: readonly string[], kind: string) => {
    const votes: Votes = {}
    for (let column = 9; column < head!.length; column++) {
      if (kinds![column]?.trim() === kind && row[column]) votes[head![column]!.trim()] = Number(row[column])
    }
    return votes
  }
  const states: Record<string, string> = {}
  const constituencies: Constituency[] = []
  for (const row of rows) {
    if (row[2] === '99') states[row[0]!] = row[1]!
    else if (/^\d+$/.test(row[0]!) && /^\d+$/.test(row[2] ?? '')) {
      constituencies.push({
        land: row[2]!,
        first: votesOf(row, 'Erststimmen'),
        second: votesOf(row, 'Zweitstimmen'),
      })
    }
  }
  return { constituencies, states }
}

function winnerOf(votes: Votes): string {
  return Object.keys(votes).reduce((a, b) => (votes[b]! > votes[a]! ? b : a))
}

/** Party by state, summed over constituencies. */
function byState({ constituencies }: Bundestag, of: (each: Constituency) => Votes): Record<string, Votes> {
  const sums: Record<string, Votes> = {}
  for (const constituency of constituencies) {
    sums[constituency.land] ??= {}
    const land = sums[constituency.land]!
    for (const [party, votes] of Object.entries(of(constituency))) land[party] = (land[party] ?? 0) + votes
  }
  return sums
}

export function total(votesByState: Readonly<Record<string, Votes>>): Votes {
  const sums: Votes = {}
  for (const votes of Object.values(votesByState)) {
    for (const [party, number] of Object.entries(votes)) sums[party] = (sums[party] ?? 0) + number
  }
  return sums
}

const only = (votes: Votes, parties: readonly string[]) =>
  Object.fromEntries(
    parties.filter((party) => (votes[party] ?? 0) > 0).map((party) => [party, votes[party]!]),
  )

function webster(votes: Votes, seats: number): Votes {
  return seatsByList(countListVotes('sainte-lague', votes, seats))
}

export function countBundestag(election: Bundestag) {
  const direct = byState(election, ({ first }) => ({ [winnerOf(first)]: 1 }))
  const second = byState(election, (each) => each.second)
  const national = total(second)
  const all = Object.values(national).reduce((sum, votes) => sum + votes, 0)
  const mandates = total(direct)
  const parties = Object.keys(national).filter(
    (party) => national[party]! * 20 >= all || (mandates[party] ?? 0) >= 3,
  )
  return { direct, second, national: only(national, parties), parties, mandates }
}

/** The law of 1956, in the form of 2009: constituencies won beyond a party's share in a state are kept. */
export function bundestagWithOverhang(election: Bundestag, seats: number): { seats: Votes; overhang: Votes } {
  const { direct, second, national, parties } = countBundestag(election)
  const upper = webster(national, seats)
  const overhang: Votes = {}
  for (const party of parties) {
    const states = Object.fromEntries(
      Object.entries(second).map(([land, votes]) => [land, votes[party] ?? 0]),
    )
    const lower = webster(states, upper[party]!)
    overhang[party] = Object.keys(states).reduce(
      (sum, land) => sum + Math.max(0, (direct[land]?.[party] ?? 0) - (lower[land] ?? 0)),
      0,
    )
  }
  return {
    seats: Object.fromEntries(parties.map((party) => [party, upper[party]! + overhang[party]!])),
    overhang,
  }
}

/** The law of 2013: seats are added until every party has what it is due in the states, or won there. */
export function bundestagWithLevelling(
  election: Bundestag,
  seats: number,
  population: Readonly<Record<string, number>>,
): Votes {
  const { direct, second, national, parties } = countBundestag(election)
  const codes = Object.fromEntries(Object.entries(election.states).map(([code, name]) => [name, code]))
  const least: Votes = {}
  for (const [state, stateSeats] of Object.entries(webster(population, seats))) {
    const land = codes[state]!
    const won = webster(only(second[land]!, parties), stateSeats)
    for (const party of parties) {
      least[party] = (least[party] ?? 0) + Math.max(won[party] ?? 0, direct[land]?.[party] ?? 0)
    }
  }
  for (let size = seats; ; size++) {
    const share = webster(national, size)
    if (parties.every((party) => (share[party] ?? 0) >= least[party]!)) return share
  }
}
