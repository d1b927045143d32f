/**
 * The fields of a record, whether JSON or XML: in XML every field is a list, in JSON one that can occur once
 * is not.
 */
export type RecordFields = Readonly<Record<string, unknown>>

/** The records in a field; none if it is absent or holds something else. */
export function recordsIn(fields: RecordFields, field: string): RecordFields[] {
  return valuesIn(fields, field).filter(
    (value): value is RecordFields => typeof value === 'object' && value !== null && !Array.isArray(value),
  )
}

/** The texts in a field; numbers and booleans are taken for texts. */
export function textsIn(fields: RecordFields, field: string): string[] {
  return valuesIn(fields, field)
    .filter((value) => typeof value !== 'object')
    .map((value) => String(value).trim())
}

export function textIn(fields: RecordFields, field: string): string | undefined {
  return textsIn(fields, field)[0]
}

function valuesIn(fields: RecordFields, field: string): readonly unknown[] {
  const value = Object.hasOwn(fields, field) ? fields[field] : undefined
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}
