import { Fraction } from '../../support/fraction.ts'
import { countListVotes, type ListVotes, seatsByList } from '../../support/list-elections.ts'

export interface County {
  readonly name: string
  readonly votes: ListVotes
  /** Without the levelling seat. */
  readonly seats: number
}

export type SeatsByParty = Readonly<Record<string, number>>

/** The seats of a county: modified Sainte-Laguë, no threshold. */
export function countySeats({ votes, seats }: County): SeatsByParty {
  return seatsByList(countListVotes('sainte-lague-modified', votes, seats))
}

/**
 * The levelling seats of the Storting, one a county: sections 11-6 and 11-7 of the Election Act of 2002,
 * made of two counts by modified Sainte-Laguë and the quotients of what is left.
 */
export function levellingSeats(counties: readonly County[]): {
  readonly byCounty: Readonly<Record<string, SeatsByParty>>
  readonly total: SeatsByParty
} {
  const won = new Map(counties.map((county) => [county, countySeats(county)]))
  const sum = (of: (county: County) => number) => counties.reduce((total, county) => total + of(county), 0)
  const parties = [...new Set(counties.flatMap(({ votes }) => Object.keys(votes)))]
  const national = Object.fromEntries(
    parties.map((party) => [party, sum(({ votes }) => Number(votes[party] ?? 0))]),
  )
  const districtSeats = Object.fromEntries(
    parties.map((party) => [party, sum((county) => won.get(county)![party] ?? 0)]),
  )
  const due = dueSeats(
    national,
    districtSeats,
    sum(({ seats }) => seats + 1),
  )
  const byCounty: Record<string, SeatsByParty> = {}
  const left = { ...due }
  const quotients = counties.flatMap((county) =>
    Object.keys(due).map((party) => ({ county, party, quotient: residual(county, party, won.get(county)!) })),
  )
  for (const { county, party } of quotients.sort((a, b) => b.quotient.compare(a.quotient))) {
    if (left[party]! === 0 || county.name in byCounty) continue
    byCounty[county.name] = { [party]: 1 }
    left[party]!--
  }
  const total = Object.fromEntries(
    parties
      .map((party) => [party, districtSeats[party]! + (due[party] ?? 0)] as const)
      .filter(([, seats]) => seats > 0),
  )
  return { byCounty, total }
}

/** How many levelling seats each party over 4 % is due; parties with more district seats than that leave first. */
function dueSeats(
  national: Readonly<Record<string, number>>,
  districtSeats: SeatsByParty,
  allSeats: number,
): Record<string, number> {
  const allVotes = Object.values(national).reduce((sum, votes) => sum + votes, 0)
  let contenders = Object.keys(national).filter((party) => national[party]! * 25 >= allVotes)
  for (;;) {
    const others = Object.keys(districtSeats).filter((party) => !contenders.includes(party))
    const seats = allSeats - others.reduce((sum, party) => sum + districtSeats[party]!, 0)
    const votes = Object.fromEntries(contenders.map((party) => [party, national[party]!]))
    const share = seatsByList(countListVotes('sainte-lague-modified', votes, seats))
    const within = contenders.filter((party) => (share[party] ?? 0) > districtSeats[party]!)
    const over = contenders.filter((party) => (share[party] ?? 0) < districtSeats[party]!)
    if (over.length === 0) {
      return Object.fromEntries(within.map((party) => [party, share[party]! - districtSeats[party]!]))
    }
    contenders = contenders.filter((party) => !over.includes(party))
  }
}

/** A party's votes by its next divisor, as a share of the county's votes for one seat. */
function residual({ votes, seats }: County, party: string, won: SeatsByParty): Fraction {
  const all = Object.values(votes).reduce<bigint>((sum, number) => sum + BigInt(number), 0n)
  const divisor = BigInt(2 * (won[party] ?? 0) + 1)
  return new Fraction(BigInt(votes[party] ?? 0) * BigInt(seats), divisor * all)
}
