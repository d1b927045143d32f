import { Flags } from '@oclif/core'
import { given } from '../given.ts'
import type { Eligibility } from '../register/eligibility.ts'

/** As `codeWays` of the election's schema, which a command need not load for its help. */
export const codeWays = ['none', 'email', 'sms'] as const

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
