import { Flags } from '@oclif/core'
import { given } from '../given.ts'
import type { Eligibility } from '../register/eligibility.ts'
import { InvalidInput } from './refusals.ts'

/** As `codeWays` of the election's schema, which a command need not load for its help. */
export const codeWays = ['none', 'email', 'sms'] as const

/** As the schema has them, too. */
const visibilities = ['secret', 'open', 'named', 'manual'] as const

/** Who may see who voted what. */
export const visibilityFlag = {
  options: visibilities,
  description:
    'secret: ballots are sealed. open: officers can see who voted what. named: it is published with the result. manual: no ballots, an officer types in the result.',
}

export const allowInvalidFlag = {
  description: 'Take ballots that break the rules, and count them as invalid; where they are not sealed.',
}

export const liveVotingFlag = {
  description: 'Let officers see votes while they come in; where they are not sealed.',
}

/** How rights are exercised. */
export const rightsFlags = {
  delegation: Flags.boolean({ description: 'Voters may give their vote to another member.', allowNo: true }),
  'max-represented': Flags.custom<number | 'any'>({
    description: 'How many voters one person may represent: a number, or any.',
    helpValue: 'NUMBER',
    parse: async (text) => {
      if (text === 'any') return text
      if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
      throw new InvalidInput(`"${text}" is no number of voters: write one from 1, or any.`)
    },
  })(),
  'forbid-delegator-to-vote': Flags.boolean({
    description:
      'Who gave the vote away casts none, while that stands. In a secret election it is always so.',
    allowNo: true,
  }),
  presence: Flags.boolean({
    description: 'Only those who are present may cast a ballot, see urna presence set.',
    allowNo: true,
  }),
  'vote-split': Flags.boolean({
    description: 'A ballot may divide its weight among several choices; where it is not sealed.',
    allowNo: true,
  }),
  'equal-weights': Flags.boolean({
    description: 'Everybody has one vote, whatever members weigh.',
    allowNo: true,
  }),
  'paper-ballots': Flags.boolean({
    description: 'Voters may vote on paper, which is counted with the sealed ballots; see urna paper.',
    allowNo: true,
  }),
}

export interface RightsFlags {
  delegation?: boolean | undefined
  'max-represented'?: number | 'any' | undefined
  'forbid-delegator-to-vote'?: boolean | undefined
  presence?: boolean | undefined
  'vote-split'?: boolean | undefined
  'equal-weights'?: boolean | undefined
  'paper-ballots'?: boolean | undefined
}

/** The fields of the flags that were given. */
export function rightsOfFlags(flags: RightsFlags) {
  const most = flags['max-represented']
  return given({
    allow_delegation: flags.delegation,
    max_represented: most === 'any' ? null : most,
    forbid_delegator_to_vote: flags['forbid-delegator-to-vote'],
    presence_required: flags.presence,
    allow_vote_split: flags['vote-split'],
    equal_weights: flags['equal-weights'],
    paper_ballots: flags['paper-ballots'],
  })
}

const names = { multiple: true, helpValue: 'NAME' } as const

/** Who may vote. */
export const filterFlags = {
  status: Flags.string({ description: 'Only members with this status may vote.', ...names }),
  region: Flags.string({ description: 'Only members of this region.', ...names }),
  chapter: Flags.string({ description: 'Only members of this chapter.', ...names }),
  district: Flags.string({ description: 'Only members of this district.', ...names }),
  unit: Flags.string({
    description: 'Only members of this unit of the organisation, and of those below it; its short name.',
    helpValue: 'UNIT',
  }),
  'without-chapter': Flags.boolean({
    description: 'Whether members who are of no chapter may vote; without it they may.',
    allowNo: true,
  }),
  'joined-by': Flags.string({
    description: 'Only members who had joined by this day: those without a date may not vote.',
    helpValue: 'YYYY-MM-DD',
  }),
}

export interface FilterFlags {
  status?: string[] | undefined
  region?: string[] | undefined
  chapter?: string[] | undefined
  district?: string[] | undefined
  unit?: string | undefined
  'without-chapter'?: boolean | undefined
  'joined-by'?: string | undefined
}

/** Empty for everybody. */
export function filterOf(flags: FilterFlags): Eligibility {
  const { status, region, chapter, district, unit, 'joined-by': joinedBy } = flags
  return given({
    ...{ statuses: status, regions: region, chapters: chapter, districts: district, unit },
    without_chapter: flags['without-chapter'],
    as_of: joinedBy === undefined ? undefined : requireDay(joinedBy),
  })
}

/** @throws InvalidInput */
function requireDay(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00Z`).toJSON()?.startsWith(text) === true) {
    return text
  }
  throw new InvalidInput(`${text} is not a day.`, {}, 'Write it like --joined-by 2026-01-31.')
}
