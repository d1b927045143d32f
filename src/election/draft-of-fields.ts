import type { ContestConfig, ElectionConfig } from './config-schema.ts'
import type { ContestDraft } from './contest-draft.ts'
import type { ElectionDraft } from './create-election.ts'
import { readConfigValue } from './read-config.ts'
import { FieldsInvalid } from './refusals.ts'
import type { Visibility } from './secrecy.ts'

/**
 * The election that flags or answers describe.
 * @param zone for times where the fields name no zone
 * @throws FieldsInvalid naming the fields
 */
export function draftOfFields(config: ElectionConfig, zone: string): ElectionDraft {
  const read = readConfigValue({ value: config, placeOf: () => ({ line: 1, column: 1 }) }, zone)
  if (!('problems' in read)) return read.draft
  throw new FieldsInvalid(
    read.problems.map(({ field, message }) => ({
      field: field.replace(/^contests\[1\]\./, ''),
      message: message.replace(/^contests\[1\]\./, ''),
    })),
  )
}

/**
 * The contest that flags or answers describe.
 * @param visibility of its election
 * @throws FieldsInvalid naming the fields
 */
export function draftOfContest(contest: ContestConfig, visibility: Visibility): ContestDraft {
  return draftOfFields({ title: 'any', visibility, contests: [contest] }, 'UTC').contests[0]!
}
