import type { z } from 'zod'

/** A schema of a rule, as JSON Schema. */
export type RuleSchema = z.core.JSONSchema._JSONSchema

/** What a rule can be, in words: `winning votes, margins, ratio`, `a whole number from 2`. */
export function valuesOf(schema: RuleSchema): string {
  if (typeof schema === 'boolean') return schema ? 'anything' : 'nothing'
  const { description, anyOf, oneOf, const: only, enum: words, type } = schema
  if (description !== undefined) return description
  const kinds = anyOf ?? oneOf
  if (kinds !== undefined) return kinds.map(valuesOf).join('; or ')
  if (only !== undefined) return String(only)
  if (words !== undefined) return words.map(String).join(', ')
  switch (type) {
    case 'integer':
      return `a whole number${range(schema)}`
    case 'number':
      return `a number${range(schema)}`
    case 'boolean':
      return 'yes, no'
    case 'null':
      return 'none'
    case 'array':
      return listValues(schema)
    case 'object':
      return objectValues(schema)
    default:
      return 'a text'
  }
}

type ObjectSchema = Exclude<RuleSchema, boolean>

function listValues({ prefixItems, items }: ObjectSchema): string {
  if (prefixItems?.length === 2) return 'a fraction, such as 1/2'
  if (items === undefined || Array.isArray(items) || typeof items === 'boolean') return 'a list'
  const each = valuesOf(items)
  return items.enum === undefined ? `a list with commas, each ${each}` : `one after the other: ${each}`
}

function objectValues({ properties = {} }: ObjectSchema): string {
  const names = Object.keys(properties)
  if (names.includes('of') && names.includes('reach')) return 'a share, such as "at least 60%"'
  const parts = Object.entries(properties).map(([name, part]) => `${name} (${valuesOf(part)})`)
  return parts.length === 0 ? 'a table' : `a table of ${parts.join(', ')}`
}

/** " from 2", " up to 9", " from 0 to 9", " above 0". */
function range({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: ObjectSchema): string {
  const bound = (number: number | boolean | undefined) =>
    typeof number !== 'number' || Math.abs(number) === Number.MAX_SAFE_INTEGER ? undefined : number
  const [from, to] = [bound(minimum), bound(maximum)]
  const [above, below] = [bound(exclusiveMinimum), bound(exclusiveMaximum)]
  return [
    from === undefined ? '' : ` from ${from}`,
    above === undefined ? '' : ` above ${above}`,
    to === undefined ? '' : from === undefined ? ` up to ${to}` : ` to ${to}`,
    below === undefined ? '' : ` below ${below}`,
  ].join('')
}
