import { type Election, findElection } from '../election/find-election.ts'
import { rehearse } from '../election/rehearse.ts'
import { findOrganisation } from '../organisation/find-organisation.ts'
import type { ReadTransaction, UnitOfWork } from '../store/unit-of-work.ts'
import { readCorrections } from './corrections.ts'
import { refreshRoll } from './roll.ts'

/** A member of the organisation, or a voter on a roll. Never with a national id, nor its hash. */
export interface Person {
  number: string
  name: string
  email: string | null
  phone: string | null
  status: string | null
  region: string | null
  chapter: string | null
  district: string | null
  weightMicros: number
  /** Since when the service that lists the members does not list this one; always null on a roll. */
  leftAt: string | null
  /** How the roll was corrected for this voter after opening. */
  correction: 'added' | 'struck' | null
}

export interface PeopleList {
  /** Short name of the election whose roll it is; undefined for the members. */
  election: string | undefined
  /** How many match. */
  total: number
  /** The first of them, by number. */
  people: Person[]
}

/**
 * @param input.organisation short name of the one whose members are listed; not needed where the file has only
 *   one, nor with an election
 * @param input.limit how many are listed at most
 * @throws ElectionNotFound, OrganisationNotFound, OrganisationAmbiguous
 */
export async function listPeople(
  work: UnitOfWork,
  input: Wanted & { election: string | undefined; organisation?: string | undefined },
): Promise<PeopleList> {
  if (input.election === undefined) return work.read((tx) => listMembers(tx, input.organisation, input))
  const election = await work.read((tx) => findElection(tx, input.election))
  if (election.status !== 'draft') return work.read((tx) => listVoters(tx, election, input))
  return rehearse(work, 'list voters', async (tx) => {
    await refreshRoll(tx, election)
    return listVoters(tx, election, input)
  })
}

interface Wanted {
  search: string | undefined
  limit: number
}

const listed = [
  ...(['number', 'name', 'email', 'phone', 'status', 'region', 'chapter', 'district'] as const),
  'weight_micros as weightMicros' as const,
]

async function listMembers(
  tx: ReadTransaction,
  organisation: string | undefined,
  wanted: Wanted,
): Promise<PeopleList> {
  const { id } = await findOrganisation(tx, organisation)
  const members = tx.db
    .selectFrom('member')
    .select([...listed, 'left_at as leftAt'])
    .where('organisation_id', '=', id)
    .orderBy('number')
    .stream()
  return { election: undefined, ...(await matching(members, wanted, () => null)) }
}

async function listVoters(tx: ReadTransaction, election: Election, wanted: Wanted): Promise<PeopleList> {
  const { added, struck } = await readCorrections(tx, election.id)
  const voters = tx.db
    .selectFrom('voter')
    .select(listed)
    .select(({ lit }) => lit(null).as('leftAt'))
    .where('election_id', '=', election.id)
    .orderBy('number')
    .stream()
  const correction = (number: string) => (struck.has(number) ? 'struck' : added.has(number) ? 'added' : null)
  return { election: election.slug, ...(await matching(voters, wanted, correction)) }
}

async function matching(
  rows: AsyncIterable<Omit<Person, 'correction'>>,
  { search, limit }: Wanted,
  correction: (number: string) => Person['correction'],
): Promise<{ total: number; people: Person[] }> {
  const text = search === undefined ? undefined : folded(search)
  const people: Person[] = []
  let total = 0
  for await (const row of rows) {
    const found =
      text === undefined ||
      [row.number, row.name, row.email ?? ''].some((each) => folded(each).includes(text))
    if (!found) continue
    total += 1
    if (people.length < limit) people.push({ ...row, correction: correction(row.number) })
  }
  return { total, people }
}

/** Without case and accents: `jose` finds José. */
function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}
