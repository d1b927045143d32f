import * as z from 'zod'

const share = { voters: z.int().nonnegative(), voted: z.int().nonnegative() }
const percent = z.string().describe('A share in percent, or a difference in percentage points, to one place.')
const chance = z.string().describe('A probability, to six places.')

const group = {
  by: z.enum(['status', 'region', 'chapter', 'district']),
  name: z.string(),
  ...share,
}

/** Every insight says what was found, how, and what it does not say. */
const said = {
  standing: z
    .enum(['found', 'nothing', 'refused'])
    .describe('Whether something stands out, nothing does, or there is too little to say anything.'),
  sentence: z.string(),
  method: z.string(),
  caveat: z.string(),
}

const prediction = z.strictObject({
  kind: z.literal('turnout-prediction'),
  ...said,
  elections: z.array(z.strictObject({ election: z.string(), ...share })),
  actual: z.strictObject(share),
  predicted: z.strictObject({ mean: percent, lower: percent, upper: percent }).nullable(),
})

const spikes = z.strictObject({
  kind: z.literal('casting-spikes'),
  ...said,
  hours: z.int().nonnegative(),
  votes: z.int().nonnegative(),
  median: z.number().nullable().describe('Votes in an hour.'),
  spikes: z.array(
    z.strictObject({
      from: z.string().describe('ISO 8601 in UTC; an hour from then.'),
      votes: z.int().nonnegative(),
      score: z.string().describe('Standard deviations above the median, to one place.'),
    }),
  ),
})

const irregular = z.strictObject({
  kind: z.literal('irregular-units'),
  ...said,
  tested: z.array(
    z.strictObject({ ...group, chance, adjusted: chance, difference: percent, irregular: z.boolean() }),
  ),
})

const drivers = z.strictObject({
  kind: z.literal('turnout-drivers'),
  ...said,
  groups: z.array(z.strictObject({ ...group, difference: percent, lower: percent, upper: percent })),
})

/** What `urna insights --json` answers. */
export const insightsSchema = z.strictObject({
  election: z.string(),
  title: z.string(),
  zone: z.string(),
  insights: z.tuple([prediction, spikes, irregular, drivers]),
})

export type Insights = z.infer<typeof insightsSchema>
export type Prediction = z.infer<typeof prediction>
export type Spikes = z.infer<typeof spikes>
export type Irregular = z.infer<typeof irregular>
export type Drivers = z.infer<typeof drivers>
