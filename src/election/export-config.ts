import { stringify } from 'yaml'
import { eligibilitySchema } from '../register/eligibility.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { methodById } from '../tabulation/registry.ts'
import type { CandidateConfig, ContestConfig, ElectionConfig } from './config-schema.ts'
import { type Contest, type ContestOption, noMaximum, readContests } from './contests.ts'
import { type Election, findElection } from './find-election.ts'
import { deedsOfText } from './require-approval.ts'
import { rightsFields, rightsOf } from './rights.ts'
import { withoutMark } from './standing.ts'
import { readTrustees } from './trustees.ts'
import { textOfMoment } from './zoned-time.ts'

/**
 * The election as one file describes it: what was left to a default is left out, so that reading it back
 * gives the same election but for photos, which no text holds.
 * @throws ElectionNotFound, ElectionAmbiguous
 */
export async function exportConfig(
  work: UnitOfWork,
  slug: string | undefined,
): Promise<{ slug: string; config: ElectionConfig }> {
  return work.read(async (tx) => {
    const election = await findElection(tx, slug)
    const people = (await readTrustees(tx, election.id)).filter(({ kind }) => kind === 'person')
    const config: ElectionConfig = {
      ...electionConfigOf(election),
      contests: (await readContests(tx, election.id)).map(contestConfigOf),
      ...(people.length > 0 && { trustees: people.map(({ name }) => name) }),
    }
    return { slug: election.slug, config }
  })
}

/** Without its contests and trustees. */
export function electionConfigOf(election: Election): ElectionConfig {
  const { zone } = election
  const twoOfficers = deedsOfText(election.two_officers)
  const eligibility = eligibilitySchema.parse(JSON.parse(election.eligibility))
  return {
    title: withoutMark(election.title),
    ...(election.description !== '' && { description: election.description }),
    slug: election.slug,
    zone,
    ...(election.opens_at !== null && { opens: textOfMoment(election.opens_at, zone) }),
    ...(election.closes_at !== null && { closes: textOfMoment(election.closes_at, zone) }),
    recast: election.recast,
    ...(election.code !== 'none' && { code: election.code }),
    ...(election.visibility !== 'secret' && { visibility: election.visibility }),
    ...(election.allow_invalid === 1 && { allow_invalid: true }),
    ...(election.live_voting === 1 && { live_voting: true }),
    ...rightsFields(rightsOf(election)),
    ...(election.rehearsal === 1 && { rehearsal: true }),
    ...(twoOfficers.length > 0 && { two_officers: twoOfficers }),
    ...(election.keep_days !== null && { keep_days: election.keep_days }),
    ...(Object.keys(eligibility).length > 0 && { eligibility }),
  }
}

/** As YAML, which `readElectionConfig` reads back. Older readers would take a bare Yes for true. */
export function configText(config: ElectionConfig): string {
  return stringify(config, { lineWidth: 100, compat: 'yaml-1.1' })
}

export function contestConfigOf(contest: Contest): ContestConfig {
  const { title, description, method, seats, style, options, blank_name: blankName, grades } = contest
  const none = options.find(({ role }) => role === 'none')
  const max = contest.max_selections
  const limits = style !== 'choice'
  const rules = ownRules(contest)
  return {
    title,
    ...(description !== '' && { description }),
    method,
    seats,
    ...(limits && contest.min_selections > 1 && { min: contest.min_selections }),
    ...(limits && max !== noMaximum && { max }),
    blank: contest.blank === 1,
    ...(blankName !== null && { blank_name: blankName }),
    ...(none !== undefined && { none: none.name }),
    ...(grades !== null && { grades: [...grades] }),
    ...(contest.write_in === 1 && { write_in: true }),
    ...(contest.random_order === 1 && { random_order: true }),
    ...(Object.keys(rules).length > 0 && { rules }),
    candidates: options.filter((option) => option !== none).map(candidateConfigOf),
  }
}

/** The rules that are not the method's defaults. */
function ownRules({ method, rules }: Contest): Record<string, unknown> {
  const defaults = methodById(method).rules.parse({}) as Readonly<Record<string, unknown>>
  return Object.fromEntries(
    Object.entries(rules).filter(([rule, value]) => JSON.stringify(value) !== JSON.stringify(defaults[rule])),
  )
}

export function candidateConfigOf(option: ContestOption): string | CandidateConfig {
  const { name, statement, party, symbol, birth_date, district, slate, members } = option
  const known = Object.entries({ party, symbol, birth_date, district, slate }).filter(
    ([, value]) => value !== null,
  )
  if (statement === '' && known.length === 0 && members.length === 0) return name
  return {
    name,
    ...(statement !== '' && { statement }),
    ...Object.fromEntries(known),
    ...(members.length > 0 && { members: [...members] }),
  }
}
