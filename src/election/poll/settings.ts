import { z } from 'zod'
import { type OpenSlidesPoll, openSlidesPollSchema } from '../../tabulation/openslides/poll.ts'
import type { Election } from '../find-election.ts'
import { rightsOf } from '../rights.ts'
import { PollRefused } from './refusals.ts'

export const pollMethods = ['approval', 'selection', 'rating_score', 'rating_approval'] as const
export type PollMethod = (typeof pollMethods)[number]

export const optionTypes = ['text', 'meeting_user'] as const

/** What clients need to show a result, and nothing counts by. */
const shownSchema = z.object({
  onehundred_percent_base: z.string().max(100).default(''),
  strike_out: z.boolean().optional(),
  display_chart: z.string().max(100).optional(),
})

/** What a meeting service said of a poll and the election underneath has no place for. */
const settingsSchema = z.strictObject({
  meeting_id: z.int(),
  content_object_id: z.string(),
  method: z.enum(pollMethods),
  /** By which ballots are judged, as it was given. */
  config: z.record(z.string(), z.unknown()),
  shown: shownSchema,
  option_type: z.enum(optionTypes).nullable(),
  /** Number of the member that an option is; null for a text. Its id is its place, from 1. */
  options: z.array(z.string().nullable()),
  entitled_group_ids: z.array(z.int()),
})

export type PollSettings = z.infer<typeof settingsSchema>

export function readSettings(json: string): PollSettings {
  return settingsSchema.parse(JSON.parse(json))
}

/** The ids of the options: their places, from 1. */
export function optionIds({ options }: Pick<PollSettings, 'options'>): number[] {
  return options.map((_, index) => index + 1)
}

/**
 * Parts what counts from what is shown.
 * @param options how many the poll has
 * @throws PollRefused `invalid_config`
 */
export function readConfig(
  given: Readonly<Record<string, unknown>>,
  { method, options, needsBase }: { method: PollMethod; options: number; needsBase: boolean },
): Pick<PollSettings, 'config' | 'shown'> {
  const shown = shownSchema.safeParse(given)
  if (!shown.success)
    throw new PollRefused('invalid_config', 'What is shown of a result is not told as it should be.')
  if (needsBase && shown.data.onehundred_percent_base === '') {
    throw new PollRefused('invalid_config', 'Field onehundred_percent_base is required.')
  }
  const config = Object.fromEntries(
    Object.entries(given).filter(([field]) => !Object.hasOwn(shownSchema.shape, field)),
  )
  if (!openSlidesPollSchema.safeParse({ method, config, options: idsFor(method, options) }).success) {
    throw new PollRefused('invalid_config', `That is no configuration of the method ${method}.`)
  }
  return { config, shown: shown.data }
}

/** The poll as its ballots are judged and its result is written. */
export function openSlidesPollOf(
  { method, config, options }: PollSettings,
  election: Pick<Election, 'allow_invalid' | 'rights'>,
): OpenSlidesPoll {
  return openSlidesPollSchema.parse({
    ...{ method, config, options: idsFor(method, options.length) },
    allow_invalid: election.allow_invalid === 1,
    allow_vote_split: rightsOf(election).allowVoteSplit,
  })
}

function idsFor(method: PollMethod, options: number): number[] | null {
  return method === 'approval' ? null : Array.from({ length: options }, (_, index) => index + 1)
}
