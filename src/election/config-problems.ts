import type { z } from 'zod'
import { eligibilitySchema } from '../register/eligibility.ts'
import type { PlacedDocument } from './config-places.ts'
import { candidateSchema, contestSchema, electionConfigSchema } from './config-schema.ts'
import type { ConfigProblem } from './refusals.ts'
import { nearestWord } from './spelling.ts'

/** What a person reads of an issue: where it is, and what is expected there. */
export function problemsOfIssue(issue: z.core.$ZodIssue, document: PlacedDocument): ConfigProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      ...document.placeOf(issue.path, key),
      field: fieldOf([...issue.path, key]),
      message: `${fieldOf([...issue.path, key])} is not known here${meant(key, issue.path)}`,
    }))
  }
  // A union of a name and an entry: what is wrong with the entry says more.
  if (issue.code === 'invalid_union') {
    const inner = issue.errors.at(-1) ?? []
    const isEntry = inner.every(({ code, path }) => code !== 'invalid_type' || path.length > 0)
    if (isEntry) {
      return inner.flatMap((each) =>
        problemsOfIssue({ ...each, path: [...issue.path, ...each.path] }, document),
      )
    }
  }
  const field = fieldOf(issue.path)
  return [{ ...document.placeOf(issue.path), field, message: `${field}${complaint(issue, document.value)}` }]
}

function complaint(issue: z.core.$ZodIssue, value: unknown): string {
  const { path, message } = issue
  if (path.length === 0) return 'an election is described by fields, such as title: Board 2026'
  if (valueAt(value, path) === undefined) return ` is missing: ${message}`
  // Zod's own words, of schemas that bring none, begin with a capital.
  return /^[A-Z]/.test(message) ? `: ${message}` : ` must be ${message}`
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, part) =>
      inner === null || inner === undefined ? undefined : (inner as Record<PropertyKey, unknown>)[part],
    value,
  )
}

/** The field that was probably meant, or all that there are. */
function meant(key: string, path: readonly PropertyKey[]): string {
  const known = knownFields(path)
  const nearest = nearestWord(key, known)
  if (nearest !== undefined) return ` (did you mean ${nearest}?)`
  return known.length === 0 ? '' : ` (there are ${known.join(', ')})`
}

function knownFields(path: readonly PropertyKey[]): string[] {
  if (path.length === 0) return Object.keys(electionConfigSchema.shape)
  if (path[0] === 'eligibility') return path.length === 1 ? Object.keys(eligibilitySchema.shape) : []
  if (path.includes('candidates')) return Object.keys(candidateSchema.shape)
  return path.length === 2 ? Object.keys(contestSchema.shape) : []
}

/** `contests[2].seats`, counting from 1 as people do. */
export function fieldOf(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) =>
      typeof part === 'number' ? `[${part + 1}]` : `${index > 0 ? '.' : ''}${String(part)}`,
    )
    .join('')
}
