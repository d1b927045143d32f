import chalk from 'chalk'
import { rightsOf, rightsSentences } from '../election/rights.ts'
import { secrecySentence } from '../election/secrecy.ts'
import type { ElectionOverview } from '../election/show-election.ts'

import { standingSentences } from '../election/standing.ts'
import { ceremonyState } from '../election/trustee-group.ts'
import { textOfMoment } from '../election/zoned-time.ts'
import { contestKind, overdueSentence, scheduleOf } from './election-table.ts'
import { countOf, formatCount, formatTable, printable } from './output.ts'
import { prose } from './prose.ts'

/** An election for a person. */
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
  const { election, voters, tokens, ballots, voted, runoffOf, missed, secrecy } = overview
  const { zone } = election
  const spare = tokens.reserve === 0 ? '' : `, ${formatCount(tokens.reserve)} in reserve`
  const since = election.closed_at ?? election.opened_at
  return [
    ['Status', since === null ? election.status : `${election.status}, since ${textOfMoment(since, zone)}`],
    ...(election.rehearsal === 0
      ? []
      : [['Rehearsal', standingSentences.rehearsal] satisfies [string, string]]),
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
    ...rightsSentences(rightsOf(election)).map((said): [string, string] => ['Rights', said]),
    ...(election.visibility === 'secret'
      ? [['Key holders', keyHolders(overview)] satisfies [string, string], ...ceremonyOf(overview)]
      : []),
    ['Secrecy', secrecySentence(secrecy)],
    ...keepingOf(overview),
  ]
}

function keyHolders({ trustees, group }: ElectionOverview): string {
  const singles = trustees
    .filter(({ place }) => place === null)
    .map(({ kind, name }) => (kind === 'server' ? 'this file' : printable(name)))
  const members = group?.members.map(({ name }) => printable(name)) ?? []
  return [...singles, ...(group === undefined ? [] : [`${group.threshold} of ${members.join(', ')}`])].join(
    ', ',
  )
}

function ceremonyOf({ group }: ElectionOverview): [string, string][] {
  const state = group && ceremonyState(group)
  if (state === undefined) return []
  return [['Key ceremony', `round ${state.round} of 3, waits for ${state.awaited.map(printable).join(', ')}`]]
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

function keepingOf({ keeping: { keepDays, keptUntil, purgedAt } }: ElectionOverview): [string, string][] {
  if (purgedAt !== null) return [['Voters kept', `no more: purged on ${purgedAt.slice(0, 10)}`]]
  if (keepDays === null) return []
  const until = keptUntil === null ? '' : `, until ${keptUntil.slice(0, 10)}`
  return [['Voters kept', `for ${countOf(keepDays, 'day')} once it is over${until}`]]
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
