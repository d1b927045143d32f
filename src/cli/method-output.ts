import { z } from 'zod'
import { nearestWord } from '../election/spelling.ts'
import { formatThreshold, thresholdSchema } from '../election/threshold.ts'
import type { Method } from '../tabulation/method.ts'
import { methods } from '../tabulation/registry.ts'
import { MethodNotFound } from './refusals.ts'

export const methodOutput = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** What a ballot says. */
  style: z.enum(['choice', 'approval', 'score', 'grade', 'ranking', 'list']),
  /** What the trustees open: sums alone, or each ballot after all of them have shuffled. */
  opensAs: z.enum(['totals', 'shuffled ballots']),
  /** Where its rules can be read. */
  source: z.string(),
})

/** A rule that a contest can set, in words. */
export const ruleOutput = z.strictObject({
  rule: z.string(),
  /** Where a contest doesn't set it. */
  usual: z.string(),
  values: z.string(),
})

export function methodFacts({ id, title, style, takesTotals, source }: Method): z.infer<typeof methodOutput> {
  return { id, title, style, opensAs: takesTotals ? 'totals' : 'shuffled ballots', source }
}

/** @throws MethodNotFound */
export function findMethod(id: string): Method {
  const method = methods.find((each) => each.id === id)
  if (method !== undefined) return method
  const known = methods.map((each) => each.id)
  throw new MethodNotFound({ id, nearest: nearestWord(id, known) })
}

/** What the schema of its rules says, in the order of the schema. */
export function ruleFacts({ rules }: Method): z.infer<typeof ruleOutput>[] {
  const { properties } = rulesSchema.parse(z.toJSONSchema(rules, { io: 'input' }))
  return Object.entries(properties).map(([rule, schema]) => ({
    rule,
    usual: textOf(schema.default),
    values: valuesOf(schema),
  }))
}

/** As much of JSON Schema as rules are written in. */
const typedRuleSchema = z.object({
  type: z.enum(['string', 'integer', 'array', 'object', 'boolean']),
  /** What it can be, where the rest of the schema doesn't say it to people. */
  description: z.string().optional(),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  items: z.union([z.boolean(), z.object({ enum: z.array(z.string()).optional() })]).optional(),
})
const ruleSchema = z.intersection(
  z.object({ default: z.unknown().optional() }),
  z.union([typedRuleSchema, z.object({ anyOf: z.array(typedRuleSchema) })]),
)
const rulesSchema = z.object({ properties: z.record(z.string(), ruleSchema) })

function valuesOf(schema: z.infer<typeof ruleSchema>): string {
  return 'anyOf' in schema ? schema.anyOf.map(typedValues).join(', or ') : typedValues(schema)
}

function typedValues(schema: z.infer<typeof typedRuleSchema>): string {
  const { type, description, enum: words, minimum, items } = schema
  if (description !== undefined) return description
  switch (type) {
    case 'string':
      return (words ?? []).join(', ')
    case 'integer':
      return minimum === undefined ? 'a whole number' : `a whole number from ${minimum}`
    case 'array': {
      const listed = typeof items === 'object' ? items.enum : undefined
      return listed === undefined ? 'names' : `one after the other: ${listed.join(', ')}`
    }
    case 'boolean':
      return 'yes, no'
    case 'object':
      return 'a share, such as "at least 60%"'
  }
}

function textOf(value: unknown): string {
  if (value === undefined) return 'not set'
  const threshold = thresholdSchema.safeParse(value)
  if (threshold.success) return formatThreshold(threshold.data)
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ')
  return String(value)
}
