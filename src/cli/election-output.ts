import chalk from 'chalk'
import { z } from 'zod'
import type { ElectionOverview } from '../election/show-election.ts'
import { textOfMoment } from '../election/zoned-time.ts'
import { contestKind, overdueSentence, scheduleOf } from './election-table.ts'
import { countOf, formatCount, formatTable, printable } from './output.ts'
import { prose } from './prose.ts'

const count = z.int().nonnegative()

/** What `election show --json` prints. Moments are ISO 8601 in UTC. */
export const electionOutput = z.strictObject({
  election: z.string(),
  uuid: z.string(),
  title: z.string(),
  description: z.string(),
  status: z.string(),
  zone: z.string(),
  opensAt: z.string().nullable(),
  closesAt: z.string().nullable(),
  openedAt: z.string().nullable(),
  closedAt: z.string().nullable(),
  /** Since when it takes no ballot any more, though nobody has closed it; null otherwise. */
  closedToBallotsSince: z.string().nullable(),
  embargoUntil: z.string().nullable(),
  publishedAt: z.string().nullable(),
  recast: z.enum(['last-counts', 'refuse']),
  code: z.enum(['none', 'email', 'sms']),
  /** Why a draft did not open at its time; empty where it has none, or it is still to come. */
  missedOpening: z.array(z.string()),
  runoffOf: z.string().nullable(),
  contests: z.array(
    z.strictObject({
      title: z.string(),
      method: z.string(),
      seats: count,
      candidates: count,
      /** decided, tied or runoff; null before the count. */
      outcome: z.string().nullable(),
    }),
  ),
  voters: count,
  tokens: z.strictObject({ issued: count, reserve: count, revoked: count }),
  ballots: count,
  voted: count,
  trustees: z.array(z.strictObject({ name: z.string(), kind: z.enum(['server', 'person']) })),
  fingerprint: z.string().nullable(),
  rollFingerprint: z.string().nullable(),
  /** The command that comes next. */
  next: z.string(),
})

export type ElectionOutput = z.infer<typeof electionOutput>

export function outputOfElection(overview: ElectionOverview): ElectionOutput {
  const {
    election,
    contests,
    voters,
    tokens,
    ballots,
    voted,
    trustees,
    fingerprint,
    runoffOf,
    over,
    missed,
    next,
  } = overview
  return {
    election: election.slug,
    uuid: election.uuid,
    title: election.title,
    description: election.description,
    status: election.status,
    zone: election.zone,
    opensAt: election.opens_at,
    closesAt: election.closes_at,
    openedAt: election.opened_at,
    closedAt: election.closed_at,
    closedToBallotsSince: over,
    embargoUntil: election.embargo_until,
    publishedAt: election.published_at,
    recast: election.recast,
    code: election.code,
    missedOpening: [...missed],
    runoffOf,
    contests: contests.map(({ title, method, seats, options, outcome }) => ({
      ...{ title, method, seats, outcome },
      candidates: options.length,
    })),
    ...{ voters, tokens, ballots, voted },
    trustees: trustees.map(({ name, kind }) => ({ name, kind })),
    fingerprint,
    rollFingerprint: election.roll_fingerprint,
    next,
  }
}

/** The same for a person. */
export function electionLines(overview: ElectionOverview): string[] {
  const { election, contests, obstacles, fingerprint, over } = overview
  const facts = factsOf(overview)
  const width = Math.max(...facts.map(([label]) => label.length))
  return [
    `${chalk.bold(printable(election.title))} (${election.slug})`,
    ...facts.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`),
    ...(over === null ? [] : [prose(overdueSentence(election), '  ')]),
    ...(fingerprint === null ? [] : [`  ${'Fingerprint'.padEnd(width)}  ${fingerprint}`]),
    '',
    ...(contests.length === 0 ? ['There is nothing to vote on yet.'] : [contestTable(contests)]),
    ...(obstacles.length === 0
      ? []
      : [
          '',
          `${countOf(obstacles.length, 'thing')} still to do before it can open: urna doctor ${election.slug}`,
        ]),
  ]
}

function factsOf(overview: ElectionOverview): [string, string][] {
  const { election, voters, tokens, ballots, voted, trustees, runoffOf, missed } = overview
  const { zone } = election
  const people = trustees.filter(({ kind }) => kind === 'person').map(({ name }) => printable(name))
  const spare = tokens.reserve === 0 ? '' : `, ${formatCount(tokens.reserve)} in reserve`
  const since = election.closed_at ?? election.opened_at
  return [
    ['Status', since === null ? election.status : `${election.status}, since ${textOfMoment(since, zone)}`],
    ...(runoffOf === null ? [] : [['Runoff of', runoffOf] satisfies [string, string]]),
    ['Times', scheduleOf(election)],
    ...missed.map((reason): [string, string] => ['Not opened then', reason]),
    ...publicationOf(election),
    ['Voters', `${formatCount(voters)}, ${countOf(tokens.issued, 'token')} issued${spare}`],
    ...(election.opened_at === null
      ? []
      : [
          [
            'Turnout',
            `${formatCount(voted)} of ${formatCount(voters)} have voted, ${countOf(ballots, 'sealed ballot')} on the board`,
          ] satisfies [string, string],
        ]),
    ...(election.code === 'none'
      ? []
      : [['One-time code', codeNames[election.code]] satisfies [string, string]]),
    ['A second ballot', election.recast === 'last-counts' ? 'replaces the first' : 'is refused'],
    ['Key holders', ['this file', ...people].join(', ')],
  ]
}

const codeNames = { email: 'by e-mail', sms: 'by SMS' }

function publicationOf({
  embargo_until,
  published_at,
  zone,
}: ElectionOverview['election']): [string, string][] {
  if (published_at !== null) return [['Result', `published at ${textOfMoment(published_at, zone)}`]]
  if (embargo_until === null) return []
  return [['Result', `not before ${textOfMoment(embargo_until, zone)} (${zone})`]]
}

function contestTable(contests: ElectionOverview['contests']): string {
  const counted = contests.some(({ outcome }) => outcome !== null)
  return formatTable({
    head: ['#', 'Contest', 'Counted', 'Candidates', ...(counted ? ['Outcome'] : [])],
    rows: contests.map((contest) => [
      String(contest.position),
      printable(contest.title),
      contestKind(contest),
      formatCount(contest.options.length),
      ...(counted ? [contest.outcome ?? ''] : []),
    ]),
    right: [0, 3],
  })
}
