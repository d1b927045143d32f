import { setUpFaultOf } from '../ballot/room.ts'
import { type AddressFacts, addressFindings } from './address-findings.ts'
import { sentenceOfSetUpFault } from './contest-draft.ts'
import { ballotRulesOf, type Contest } from './contests.ts'
import { countFault } from './countable.ts'
import type { Election } from './find-election.ts'
import { paperFindings } from './paper-findings.ts'
import { type ProxyFacts, proxyFindings } from './proxy-findings.ts'
import { scheduleFindings } from './schedule-findings.ts'
import { type ServiceFacts, serviceFindings } from './service-findings.ts'
import { type TrusteeFacts, trusteeFindings } from './trustee-findings.ts'
import { orderFindings, type WeightFacts, weightFindings } from './weight-findings.ts'

/** What an officer should know before opening. What `blocks` keeps the election from it. */
export interface Finding {
  level: 'blocks' | 'warns'
  code: string
  /** A sentence. */
  message: string
  /** The command that mends it, where one does. */
  command?: string
}

/** An election as it would open now. */
export interface OpeningFacts extends AddressFacts, ProxyFacts, ServiceFacts, WeightFacts {
  election: Pick<
    Election,
    'slug' | 'zone' | 'opens_at' | 'closes_at' | 'code' | 'runoff_of' | 'visibility' | 'rights'
  >
  contests: readonly Contest[]
  members: number
  voters: number
  /** How many voters have each status ('' for none), where the election does not choose by status. */
  unfilteredStatuses: ReadonlyMap<string, number>
  votersWithoutToken: number
  /** Who are of no chapter, where it is the election of a unit and does not say whether they may vote. */
  votersWithoutChapter: number
  reserveTokens: number
  /** The election that it decides, while the result of that is not published; null otherwise. */
  unpublished: string | null
  trustees: TrusteeFacts
  /** Contests for which people are still being nominated. */
  nominating: readonly Pick<Contest, 'title' | 'position'>[]
  /** ISO 8601 in UTC. */
  now: string
}

/** Below it, who votes alike is easily known. */
const smallRoll = 10

/** All that keeps the election from opening, then all that it is good to know, in the order of the work. */
export function examine(facts: OpeningFacts): Finding[] {
  const { slug, visibility } = facts.election
  const ballot = [...contestFindings(facts), ...nominationFindings(facts)]
  if (visibility === 'manual') return [...ballot, nobodyCasts(slug)]
  return [
    ...ballot,
    ...rollFindings(facts),
    ...serviceFindings(facts),
    ...tokenFindings(facts),
    ...proxyFindings(facts),
    ...paperFindings(facts),
    ...addressFindings(facts),
    ...(visibility === 'secret'
      ? [...weightFindings(facts), ...trusteeFindings(slug, facts.trustees)]
      : [inTheClear(facts.election), ...orderFindings(facts)]),
    ...scheduleFindings(facts),
  ].sort((a, b) => Number(a.level === 'warns') - Number(b.level === 'warns'))
}

function nobodyCasts(slug: string): Finding {
  return {
    level: 'blocks',
    code: 'manual',
    message: 'Nobody casts a ballot in it, so it never opens: its result is typed in.',
    command: `urna tally enter ${slug} totals.csv`,
  }
}

function inTheClear({ slug, visibility }: OpeningFacts['election']): Finding {
  const seen =
    visibility === 'named'
      ? 'who voted what is published with the result'
      : 'whoever has this file and its passphrase sees who voted what'
  return {
    level: 'warns',
    code: 'not-sealed',
    message: `Its ballots are not sealed: ${seen}. It needs no trustees and no keys.`,
    command: `urna election edit ${slug} --visibility secret`,
  }
}

export function blocking(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ level }) => level === 'blocks')
}

/** What is wrong with the contests of a draft. */
export function contestFindings({
  election,
  contests,
}: {
  election: Pick<Election, 'slug'>
  contests: readonly Contest[]
}): Finding[] {
  if (contests.length > 0) return contests.flatMap((contest) => findingsOfContest(election.slug, contest))
  return [
    {
      level: 'blocks',
      code: 'no-contest',
      message: 'There is nothing to vote on yet.',
      command: `urna contest add ${election.slug}`,
    },
  ]
}

function findingsOfContest(slug: string, contest: Contest): Finding[] {
  const { title, position, seats, options } = contest
  const rules = ballotRulesOf(contest)
  const fault = setUpFaultOf(rules, options.length)
  if (fault !== undefined) {
    return [
      {
        level: 'blocks',
        code: fault.code,
        message: `"${title}" can't be put to the vote: ${sentenceOfSetUpFault(fault)}.`,
        command: `urna candidate import candidates.csv ${slug} --contest ${position}`,
      },
    ]
  }
  const uncountable = countFault(contest)
  if (uncountable !== undefined) {
    const { message, most } = uncountable
    const change = most === undefined ? '' : ` --max ${most}`
    return [
      {
        level: 'blocks',
        code: 'not-countable',
        message: `"${title}" could not be counted: ${message}`,
        command: `urna contest edit ${position} ${slug}${change}`,
      },
    ]
  }
  const findings: Finding[] = []
  if (options.length <= seats && contest.write_in === 0) {
    findings.push({
      level: 'warns',
      code: 'uncontested',
      message: `"${title}" has as many seats as candidates: everybody on the ballot may be elected.`,
    })
  }
  if (rules.style === 'ranking' && rules.max < options.length) {
    findings.push({
      level: 'warns',
      code: 'ranks-limited',
      message: `"${title}" has ${options.length} candidates, and a voter can rank up to ${rules.max} of them.`,
    })
  }
  return findings
}

function nominationFindings({ election, nominating }: OpeningFacts): Finding[] {
  return nominating.map(({ title, position }) => ({
    level: 'blocks',
    code: 'nominations-open',
    message: `Nominations for "${title}" are not closed, so nobody who accepted is on the ballot by them.`,
    command: `urna nomination close ${election.slug} --contest ${position}`,
  }))
}

function rollFindings(facts: OpeningFacts): Finding[] {
  const { election, members, voters, unfilteredStatuses, votersWithoutChapter } = facts
  if (voters === 0) {
    return [
      members === 0
        ? {
            level: 'blocks',
            code: 'no-members',
            message: 'There are no members in the file yet, so nobody could vote.',
            command: 'urna voter import members.csv',
          }
        : {
            level: 'blocks',
            code: 'no-voters',
            message: `None of the ${members} members is eligible, so nobody could vote.`,
            command: `urna roll show ${election.slug}`,
          },
    ]
  }
  const findings: Finding[] = []
  if (unfilteredStatuses.size > 1) {
    const counts = [...unfilteredStatuses].map(([status, count]) => `${count} ${status || 'without one'}`)
    findings.push({
      level: 'warns',
      code: 'every-status',
      message: `Members of every status may vote: ${counts.join(', ')}.`,
      command: `urna election edit ${election.slug} --status STATUS`,
    })
  }
  if (votersWithoutChapter > 0) {
    const people = votersWithoutChapter === 1 ? 'voter is' : 'voters are'
    findings.push({
      level: 'warns',
      code: 'without-chapter',
      message: `${votersWithoutChapter} ${people} of no chapter. Say in the filter, by --without-chapter or --no-without-chapter, whether members without one may vote.`,
      command: `urna roll show ${election.slug}`,
    })
  }
  if (voters < smallRoll && election.visibility === 'secret') {
    findings.push({
      level: 'warns',
      code: 'small-roll',
      message: `The roll has ${voters} ${voters === 1 ? 'voter' : 'voters'}: if they vote alike, the result tells how each of them voted.`,
    })
  }
  return findings
}

function tokenFindings(facts: OpeningFacts): Finding[] {
  const { election, voters, votersWithoutToken, reserveTokens, tokensMadeElsewhere } = facts
  if (voters === 0) return []
  const give = tokensMadeElsewhere ? 'urna token request' : 'urna token issue'
  const findings: Finding[] = []
  if (votersWithoutToken > 0) {
    findings.push({
      level: 'blocks',
      code: 'tokens-missing',
      message: `${votersWithoutToken} of ${voters} voters ${votersWithoutToken === 1 ? 'has' : 'have'} no token to vote with.`,
      command: `${give} ${election.slug}`,
    })
  }
  if (reserveTokens === 0 && election.runoff_of === null) {
    findings.push({
      level: 'warns',
      code: 'no-reserve-tokens',
      message:
        'There are no reserve tokens: who loses a token, or is added to the roll later, will not be able to vote.',
      command: `${give} ${election.slug} --reserve 10`,
    })
  }
  return findings
}
