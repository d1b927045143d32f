/** What is told of something: each value can be read by a person. */
export type Fact = string | number | boolean | null | readonly string[]

/** A field whose value is another one now. */
export interface Change {
  field: string
  from: Fact
  to: Fact
}

/** The fields that differ, in the order of `before`; what is told of one alone is null in the other. */
export function changesBetween(
  before: Readonly<Record<string, Fact>>,
  after: Readonly<Record<string, Fact>>,
): Change[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((field) => ({ field, from: before[field] ?? null, to: after[field] ?? null }))
    .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to))
}
