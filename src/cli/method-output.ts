import { z } from 'zod'
import { methodFault, sealedStyles } from '../election/sealed-methods.ts'
import { nearestWord } from '../election/spelling.ts'
import { ruleText } from '../report/rule-text.ts'
import type { Method } from '../tabulation/method.ts'
import { methods } from '../tabulation/registry.ts'
import { MethodNotFound } from './refusals.ts'
import { type RuleSchema, valuesOf } from './rule-values.ts'

export const methodOutput = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** What a ballot says. */
  style: z.enum(['choice', 'approval', 'score', 'grade', 'ranking', 'list']),
  /**
   * What the trustees of an election open: sums alone, or each ballot after all of them have shuffled. Some
   * methods open nothing, because their ballots can't be sealed: they count files, and elections in the clear.
   */
  opensAs: z.enum(['totals', 'shuffled ballots', 'files only']),
  /** Where its rules can be read. */
  source: z.string(),
})

/** A rule that can be set, in words. */
export const ruleOutput = z.strictObject({
  rule: z.string(),
  /** Where it isn't set. */
  usual: z.string(),
  values: z.string(),
})

export function methodFacts(method: Method): z.infer<typeof methodOutput> {
  const { id, title, style, source } = method
  return { id, title, style, opensAs: opensAs(method), source }
}

function opensAs(method: Method): z.infer<typeof methodOutput>['opensAs'] {
  const fault = methodFault(method, method.rules.parse({}) as Record<string, unknown>, 'secret')
  // A fault of a rule is mended by another value.
  if (fault !== undefined && fault.rule === undefined) return 'files only'
  const sealed = sealedStyles[method.style]
  return sealed === 'choice' || sealed === 'approval' ? 'totals' : 'shuffled ballots'
}

/** The page of the documentation that tells the rule, its source and an example. */
export function methodPage({ id }: Pick<Method, 'id'>): string {
  return `docs/tabulation/${id}.md`
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
  const { properties = {} } = z.toJSONSchema(rules, { io: 'input' })
  return Object.entries<RuleSchema>(properties).map(([rule, schema]) => ({
    rule,
    usual: typeof schema === 'boolean' || schema.default === undefined ? 'not set' : ruleText(schema.default),
    values: valuesOf(schema),
  }))
}
