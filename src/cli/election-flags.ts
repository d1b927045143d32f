import { Flags } from '@oclif/core'
import { given } from '../given.ts'
import type { Eligibility } from '../register/eligibility.ts'

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

const names = { multiple: true, helpValue: 'NAME' } as const

/** Who may vote. */
export const filterFlags = {
  status: Flags.string({ description: 'Only members with this status may vote.', ...names }),
  region: Flags.string({ description: 'Only members of this region.', ...names }),
  chapter: Flags.string({ description: 'Only members of this chapter.', ...names }),
  district: Flags.string({ description: 'Only members of this district.', ...names }),
}

export type FilterFlags = { [Flag in keyof typeof filterFlags]?: string[] | undefined }

/** Empty for everybody. */
export function filterOf({ status, region, chapter, district }: FilterFlags): Eligibility {
  return given({ statuses: status, regions: region, chapters: chapter, districts: district })
}
