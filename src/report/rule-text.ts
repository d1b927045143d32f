import { formatThreshold, thresholdSchema } from '../election/threshold.ts'

/** The value of a rule, as a person would write it: `at least 60%`, `backwards, lot`, `yes`. */
export function ruleText(value: unknown): string {
  if (value === undefined || value === null) return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(ruleText).join(', ')
  if (typeof value !== 'object') return String(value)
  const threshold = thresholdSchema.safeParse(value)
  if (threshold.success) return formatThreshold(threshold.data)
  return Object.entries(value)
    .map(([name, part]) => `${name} ${ruleText(part)}`)
    .join(', ')
}
