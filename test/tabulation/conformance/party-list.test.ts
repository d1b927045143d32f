import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { conformanceSuite, sameOrDiffers, type Verdict } from '../../support/conformance.ts'
import { countListVotes, type ListVotes, seatsByList } from '../../support/list-elections.ts'
import { type CorpusCase, corpusText, type Expectation } from '../../support/tabulation-corpus.ts'
import { bundestagWithLevelling, bundestagWithOverhang, countBundestag, readBundestag } from './bundestag.ts'
import { type County, countySeats, levellingSeats } from './norwegian-levelling.ts'

type Seats = Readonly<Record<string, number>>
type SeatsByPlace = Readonly<Record<string, Seats>>

interface ListExpectation extends Expectation {
  readonly seats_list: readonly number[]
  readonly allocation_order: readonly string[]
  readonly seats_by_constituency: SeatsByPlace
  readonly constituency_seats: Seats
  readonly levelling_by_constituency: SeatsByPlace
  readonly total_seats: Seats
  readonly electorate_seats: Seats
  readonly direct_mandates: Seats
  readonly overhang: Seats
}

type Check = (corpusCase: CorpusCase, expectation: ListExpectation) => Verdict

const skipped =
  (why: string): Check =>
  () => ({ kind: 'skipped', why })

/** A table with `;` between its cells. */
function tableOf(corpusCase: CorpusCase): string[][] {
  return corpusText(corpusCase)
    .replace(/^\uFEFF/, '')
    .trim()
    .split('\n')
    .map((line) => line.split(';').map((cell) => cell.trim()))
}

function votesOf(rows: readonly string[][], name: number, votes: number): ListVotes {
  return Object.fromEntries(rows.map((row) => [row[name]!, row[votes]!]))
}

const expectedSeats = (expectation: ListExpectation) => expectation.seats as unknown as Seats

function seatList(method: string, rules?: Readonly<Record<string, unknown>>): Check {
  return (corpusCase, { seats_list }) => {
    const votes = JSON.parse(corpusText(corpusCase)) as number[]
    const named = Object.fromEntries(votes.map((number, list) => [`List ${list + 1}`, number]))
    return sameOrDiffers(countListVotes(method, named, corpusCase.seats, rules).seatsWon, seats_list)
  }
}

/** Norwegian counties with the seats that they have without the levelling one. */
function countiesOf(corpusCase: CorpusCase, { constituency_seats }: ListExpectation): County[] {
  const [, ...rows] = tableOf(corpusCase)
  const byCounty = Map.groupBy(rows, (row) => row[1]!)
  return Object.entries(constituency_seats).map(([name, seats]) => {
    return { name, seats, votes: votesOf(byCounty.get(name)!, 6, 12) }
  })
}

function czechChamber(corpusCase: CorpusCase): { seats: Seats; byRegion: SeatsByPlace } {
  const [head, ...rows] = tableOf(corpusCase)
  const regions = head!.slice(1)
  const votesIn = (region: string) => votesOf(rows, 0, head!.indexOf(region))
  const sum = (votes: ListVotes) =>
    Object.values(votes).reduce<number>((all, number) => all + Number(number), 0)
  const all = Object.fromEntries(regions.map((region) => [region, sum(votesIn(region))]))
  const seatsOfRegions = seatsByList(countListVotes('hare-lr', all, corpusCase.seats))
  const national = Object.fromEntries(
    rows.map(([party, ...cells]) => [party!, cells.reduce((total, cell) => total + Number(cell), 0)]),
  )
  const over = Object.keys(national).filter((party) => national[party]! * 20 >= sum(all))
  const seats: Record<string, number> = {}
  const byRegion: Record<string, Seats> = {}
  for (const region of regions) {
    const votes = votesIn(region)
    const contending = Object.fromEntries(over.map((party) => [party, votes[party]!]))
    byRegion[region] = seatsByList(countListVotes('dhondt', contending, seatsOfRegions[region]!))
    for (const [party, won] of Object.entries(byRegion[region])) seats[party] = (seats[party] ?? 0) + won
  }
  return { seats, byRegion }
}

/** From 19 seats on: averages after the full quotas, which are D'Hondt's; a list has as many seats as candidates. */
const dutchCouncil: Check = (corpusCase, { seats_list }) => {
  const { votes } = JSON.parse(corpusText(corpusCase)) as { votes: readonly (number | readonly number[])[] }
  if (corpusCase.seats < 19) {
    return {
      kind: 'skipped',
      why: 'Dutch councils of fewer than 19 seats: remainders over 3/4 of the quota, then averages',
    }
  }
  if (corpusCase.id.includes('deceased')) {
    return { kind: 'skipped', why: 'the file does not say which candidates are deceased' }
  }
  const options = votes.map((_, list) => `List ${list + 1}`)
  const candidates = Object.fromEntries(
    votes.map((list, position) => [
      options[position]!,
      Array.from(
        { length: Array.isArray(list) ? list.length : 50 },
        (_, at) => `${options[position]} ${at + 1}`,
      ),
    ]),
  )
  const named: ListVotes = Object.fromEntries([
    ...votes.map((list, position) => [
      options[position]!,
      Array.isArray(list) ? list.reduce((sum: number, number: number) => sum + number, 0) : list,
    ]),
    ...Object.values(candidates).flatMap((names) => names.map((name) => [name, 0])),
  ])
  const { seatsWon } = countListVotes('dhondt', named, corpusCase.seats, { candidates })
  return sameOrDiffers(seatsWon!.slice(0, options.length), seats_list)
}

/** By method, and by the case where the method has many rules. */
const checks: Readonly<Record<string, Check>> = {
  dhondt: seatList('dhondt'),
  saintelague: seatList('sainte-lague'),
  modified_saintelague: seatList('sainte-lague-modified'),
  huntington: seatList('huntington-hill'),
  adams: seatList('adams'),
  dean: seatList('dean'),
  largest_remainder: seatList('hare-lr'),
  quota: skipped("Balinski and Young's quota method"),
  biproportional: skipped('biproportional allotment'),
  'dutch-council': dutchCouncil,
  'norway-1-4-example': (corpusCase, { allocation_order }) => {
    const votes = JSON.parse(corpusText(corpusCase)) as ListVotes
    const { options, winners } = countListVotes('sainte-lague-modified', votes, corpusCase.seats)
    return sameOrDiffers(
      winners.map(({ option }) => options[option]),
      allocation_order,
    )
  },
  district: (corpusCase, expectation) => {
    const counties = countiesOf(corpusCase, expectation)
    return sameOrDiffers(
      Object.fromEntries(counties.map((county) => [county.name, countySeats(county)])),
      expectation.seats_by_constituency,
    )
  },
  levelling: (corpusCase, expectation) => {
    const district = corpusCase.expectations.find(({ id }) => id === 'district') as ListExpectation
    const { byCounty, total } = levellingSeats(countiesOf(corpusCase, district))
    const { levelling_by_constituency, total_seats } = expectation
    return sameOrDiffers([byCounty, total], [levelling_by_constituency, total_seats])
  },
  mmp: (corpusCase, expectation) => {
    const { electorate_seats } = expectation
    const votes = votesOf(tableOf(corpusCase).slice(1), 0, 1)
    const share = seatsByList(
      countListVotes('sainte-lague', votes, corpusCase.seats, {
        threshold: { of: [5, 100], reach: 'at least' },
        exceptions: [{ lists: Object.keys(electorate_seats), threshold: { of: [0, 1], reach: 'at least' } }],
      }),
    )
    const seats = Object.keys(share).map((party) => [
      party,
      Math.max(share[party]!, electorate_seats[party] ?? 0),
    ])
    return sameOrDiffers(Object.fromEntries(seats), expectedSeats(expectation))
  },
  'bundestag-2009': (corpusCase, expectation) => {
    const election = readBundestag(corpusText(corpusCase))
    const { seats, overhang } = bundestagWithOverhang(election, corpusCase.seats)
    return sameOrDiffers(
      [seats, overhang, mandatesOf(election)],
      [expectedSeats(expectation), expectation.overhang, expectation.direct_mandates],
    )
  },
  'bundestag-2017': (corpusCase, expectation) => {
    const election = readBundestag(corpusText(corpusCase))
    const population = JSON.parse(readFileSync(join(corpusCase.folder, 'einwohner.json'), 'utf8')) as Seats
    return sameOrDiffers(
      [bundestagWithLevelling(election, corpusCase.seats, population), mandatesOf(election)],
      [expectedSeats(expectation), expectation.direct_mandates],
    )
  },
  subtract: (corpusCase, expectation) => {
    const votes = JSON.parse(corpusText(corpusCase)) as ListVotes
    const rules = { added: 2, rounding: 'nearest' }
    return sameOrDiffers(
      seatsByList(countListVotes('hagenbach-bischoff-lr', votes, corpusCase.seats, rules)),
      expectedSeats(expectation),
    )
  },
  cz2017: (corpusCase, expectation) => {
    const { seats, byRegion } = czechChamber(corpusCase)
    const named = Object.keys(expectation.seats_by_constituency)
    return sameOrDiffers(
      [seats, Object.fromEntries(named.map((region) => [region, byRegion[region]]))],
      [expectedSeats(expectation), expectation.seats_by_constituency],
    )
  },
  sk2020: (corpusCase, expectation) => {
    const rows = tableOf(corpusCase)
    const coalitions = rows.filter(([, isCoalition]) => isCoalition === '1').map(([name]) => name)
    const rules = {
      rounding: 'nearest',
      threshold: { of: [5, 100], reach: 'at least' },
      exceptions: [{ lists: coalitions, threshold: { of: [7, 100], reach: 'at least' } }],
    }
    const votes = votesOf(rows, 0, 2)
    return sameOrDiffers(
      seatsByList(countListVotes('hagenbach-bischoff-lr', votes, corpusCase.seats, rules)),
      expectedSeats(expectation),
    )
  },
}

/** The parties over the threshold, with the constituencies that each won. */
function mandatesOf(election: ReturnType<typeof readBundestag>): Seats {
  const { parties, mandates } = countBundestag(election)
  return Object.fromEntries(parties.map((party) => [party, mandates[party] ?? 0]))
}

conformanceSuite('party-list', (corpusCase, expectation) => {
  const name = corpusCase.id.split('/')[1]!
  const check = checks[name] ?? checks[expectation.id] ?? checks[expectation.method]
  if (check === undefined) throw new TypeError(`no check for ${corpusCase.id}:${expectation.id}`)
  return check(corpusCase, expectation as ListExpectation)
})
