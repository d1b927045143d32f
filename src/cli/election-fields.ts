import type { ContestConfig, ElectionConfig } from '../election/config-schema.ts'
import type { ContestDraft } from '../election/contest-draft.ts'
import type { ElectionDraft } from '../election/create-election.ts'
import { readConfigValue } from '../election/read-config.ts'
import { InvalidInput } from './refusals.ts'

/** The zone of this machine. */
export function systemZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** The election that flags or answers describe. @throws InvalidInput naming the field */
export function draftOfFields(config: ElectionConfig): ElectionDraft {
  const read = readConfigValue({ value: config, placeOf: () => ({ line: 1, column: 1 }) }, systemZone())
  if (!('problems' in read)) return read.draft
  const problems = read.problems.map(({ field, message }) => ({
    field: field.replace(/^contests\[1\]\./, ''),
    message: message.replace(/^contests\[1\]\./, ''),
  }))
  throw new InvalidInput(`${problems.map(({ message }) => message).join('; ')}.`, { problems })
}

/** The contest that flags or answers describe. @throws InvalidInput naming the field */
export function draftOfContest(contest: ContestConfig): ContestDraft {
  return draftOfFields({ title: 'any', contests: [contest] }).contests[0]!
}
