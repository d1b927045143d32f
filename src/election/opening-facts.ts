import { eligibilitySchema } from '../register/eligibility.ts'
import { findService } from '../register/member-service.ts'
import { countMembers } from '../register/member-store.ts'
import { holds, readProxies } from '../register/proxies.ts'
import { countVoters } from '../register/roll.ts'
import { countByChapter } from '../register/roll-chapters.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import {
  type ListedCredential,
  proxiesWithoutToken,
  publicCredentialList,
  votersWithoutToken,
} from '../voting/credentials.ts'
import { tokenFamily } from '../voting/token-family.ts'
import { areTokensRegistered } from '../voting/token-registration.ts'
import { countWithoutAddress } from './address-findings.ts'
import { readContests } from './contests.ts'
import type { Election } from './find-election.ts'
import { contestsNominating } from './nominations/phase.ts'
import type { ProxyFacts } from './proxy-findings.ts'
import type { OpeningFacts } from './readiness.ts'
import type { TrusteeFacts } from './trustee-findings.ts'
import { ceremonyState, readTrusteeGroup } from './trustee-group.ts'
import { readTrustees } from './trustees.ts'

/** The facts of a draft whose roll is fresh, and the list of credentials that would be published. */
export async function gatherOpeningFacts(
  tx: ReadTransaction,
  election: Election,
): Promise<{ facts: OpeningFacts; credentials: ListedCredential[] }> {
  const credentials = await publicCredentialList(tx, election, election.uuid)
  const facts = {
    election,
    contests: await readContests(tx, election.id),
    service: (await findService(tx, election.organisation_id)) ?? null,
    ...(await withoutChapter(tx, election)),
    members: await countMembers(tx, election.organisation_id),
    voters: await countVoters(tx, election.id),
    unfilteredStatuses: await countUnfilteredStatuses(tx, election),
    weights: countWeights(credentials),
    votersWithoutToken: await votersWithoutToken(tx, election),
    ...(await proxyFacts(tx, election)),
    votersWithoutAddress: await countWithoutAddress(tx, election),
    reserveTokens: await countReserve(tx, election.id),
    tokensMadeElsewhere: await areTokensRegistered(tx, await tokenFamily(tx, election)),
    unpublished: await unpublishedOf(tx, election),
    trustees: await trusteeFacts(tx, election),
    nominating: await contestsNominating(tx, election.id),
    now: tx.now,
  }
  return { facts, credentials }
}

async function proxyFacts(
  tx: ReadTransaction,
  election: Election,
): Promise<Pick<ProxyFacts, 'proxiesWithoutToken' | 'representing'>> {
  const proxies = (await readProxies(tx, election.id)).filter((proxy) => holds(proxy, tx.now))
  const representing = new Map<string, number>()
  for (const { acting } of proxies) representing.set(acting, (representing.get(acting) ?? 0) + 1)
  const family = await tokenFamily(tx, election)
  return { representing, proxiesWithoutToken: (await proxiesWithoutToken(tx, election, family)).length }
}

async function trusteeFacts(tx: ReadTransaction, election: Election): Promise<TrusteeFacts> {
  const trustees = await readTrustees(tx, election.id)
  const declared = await readTrusteeGroup(tx, election.id)
  const singles = trustees.filter(({ place }) => place === null)
  const people = trustees.filter(({ kind }) => kind === 'person')
  // The keys of a runoff have just opened the election that it decides.
  const unproven =
    election.runoff_of === null ? people.filter(({ rehearsed_at }) => rehearsed_at === null) : []
  return {
    keys: trustees.length,
    toOpen: singles.length + (declared?.threshold ?? 0),
    people: people.length + (declared?.parameters === null ? declared.members.length : 0),
    notRehearsed: unproven.map(({ name }) => name),
    ceremony: declared && ceremonyState(declared),
  }
}

function countWeights(credentials: readonly ListedCredential[]): Map<number, number> {
  const weights = new Map<number, number>()
  for (const { weightMicros } of credentials) weights.set(weightMicros, (weights.get(weightMicros) ?? 0) + 1)
  return weights
}

async function countUnfilteredStatuses(
  tx: ReadTransaction,
  election: Election,
): Promise<Map<string, number>> {
  const { statuses } = eligibilitySchema.parse(JSON.parse(election.eligibility))
  if (statuses !== undefined || election.runoff_of !== null) return new Map()
  const rows = await tx.db
    .selectFrom('voter')
    .select(({ fn }) => ['status', fn.countAll<number>().as('count')])
    .where('election_id', '=', election.id)
    .groupBy('status')
    .orderBy('count', 'desc')
    .orderBy('status')
    .execute()
  return new Map(rows.map(({ status, count }) => [status ?? '', count]))
}

/** The voters of an election of a unit who are of no chapter, as long as it does not say whether they may vote. */
async function withoutChapter(
  tx: ReadTransaction,
  election: Election,
): Promise<Pick<OpeningFacts, 'votersWithoutChapter'>> {
  const { unit, without_chapter: said } = eligibilitySchema.parse(JSON.parse(election.eligibility))
  const settled = !unit || typeof said === 'boolean' || election.runoff_of !== null
  return { votersWithoutChapter: settled ? 0 : (await countByChapter(tx, election)).without }
}

async function countReserve(tx: ReadTransaction, electionId: number): Promise<number> {
  const { count } = await tx.db
    .selectFrom('token')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('election_id', '=', electionId)
    .where('state', '=', 'reserve')
    .executeTakeFirstOrThrow()
  return count
}

/** The election that a runoff decides, while its result is not published. */
async function unpublishedOf(tx: ReadTransaction, { runoff_of }: Election): Promise<string | null> {
  if (runoff_of === null) return null
  const decided = await tx.db
    .selectFrom('election')
    .select('slug')
    .where('id', '=', runoff_of)
    .where('published_at', 'is', null)
    .executeTakeFirst()
  return decided?.slug ?? null
}
