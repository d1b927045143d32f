import { elementFromHex, elementToHex, scalarFromDecimal, scalarToDecimal } from './encoding.ts'
import type { Element, Group, Scalar } from './group.ts'

/**
 * How every structure of the protocol is read and written. A structure has one text: fields in the
 * specification's order, no space, nothing unknown or repeated. Reading therefore ends by writing again
 * and comparing: whatever two readers could understand differently is refused.
 */
export interface Format<T> {
  /** @throws Malformed */
  read(json: unknown, place: string): T
  write(value: T): string
}

export interface Malformation {
  readonly code: 'not-json' | 'wrong-shape' | 'not-canonical' | 'not-an-element' | 'not-a-scalar'
  /** Where in the text, such as `answers[0].choices[2].alpha`; empty for the whole. */
  readonly place: string
}

/** Thrown inside formats and caught by `parseCanonical`. */
export class Malformed extends Error {
  readonly malformation: Malformation

  constructor(code: Malformation['code'], place: string) {
    super(code)
    this.malformation = { code, place }
  }
}

export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly malformation: Malformation }

/** What the text says, if it is the one canonical text that says it. */
export function parseCanonical<T>(format: Format<T>, text: string): Reading<T> {
  try {
    const value = format.read(parseJson(text), '')
    if (format.write(value) !== text) throw new Malformed('not-canonical', '')
    return { ok: true, value }
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, malformation: error.malformation }
    throw error
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Malformed('not-json', '')
  }
}

/** Any text, escaped as Belenios escapes it: like JavaScript, and the delete character besides. */
export const text: Format<string> = {
  read(json, place) {
    if (typeof json !== 'string') throw new Malformed('wrong-shape', place)
    return json
  },
  write: (value) => escapeDelete(JSON.stringify(value)),
}

/** Text that matches a pattern, which must allow nothing that JSON escapes. */
export function textLike(pattern: RegExp): Format<string> {
  return {
    read(json, place) {
      if (typeof json !== 'string' || !pattern.test(json)) throw new Malformed('wrong-shape', place)
      return json
    },
    write: (value) => `"${value}"`,
  }
}

/** A SHA-256 in lower-case hexadecimal. */
export const hash: Format<string> = textLike(/^[0-9a-f]{64}$/)

/** The largest integer that Belenios writes as a JSON number on every platform: 2^30 − 1. */
export const largestSmallInteger = 2 ** 30 - 1

export function integer({ from, to }: { from: number; to: number }): Format<number> {
  return {
    read(json, place) {
      if (typeof json !== 'number' || !Number.isInteger(json) || json < from || json > to) {
        throw new Malformed('wrong-shape', place)
      }
      return json
    },
    write: (value) => String(value),
  }
}

/** A weight or a total of weights: a JSON number up to 2^30 − 1, decimal text beyond. */
export const weight: Format<bigint> = {
  read(json, place) {
    if (typeof json === 'number' && Number.isInteger(json) && json >= 0 && json <= largestSmallInteger) {
      return BigInt(json)
    }
    if (typeof json === 'string' && /^[1-9][0-9]{0,75}$/.test(json)) return BigInt(json)
    throw new Malformed('wrong-shape', place)
  },
  write: (value) => (value <= largestSmallInteger ? String(value) : `"${value}"`),
}

export const boolean: Format<boolean> = {
  read(json, place) {
    if (typeof json !== 'boolean') throw new Malformed('wrong-shape', place)
    return json
  },
  write: (value) => String(value),
}

export function constant<const T extends string | number>(expected: T): Format<T> {
  return {
    read(json, place) {
      if (json !== expected) throw new Malformed('wrong-shape', place)
      return expected
    },
    write: (value) => JSON.stringify(value),
  }
}

const deepestJson = 32

/** Whatever JSON there is, up to 32 levels deep. */
export const anyJson: Format<unknown> = {
  read(json, place) {
    if (depthBeyond(json, deepestJson)) throw new Malformed('wrong-shape', place)
    return json
  },
  write: (value) => escapeDelete(JSON.stringify(value)),
}

function depthBeyond(json: unknown, levels: number): boolean {
  if (typeof json !== 'object' || json === null) return false
  return levels === 0 || Object.values(json).some((inner) => depthBeyond(inner, levels - 1))
}

function escapeDelete(json: string): string {
  return json.replaceAll('\x7f', '\\u007f')
}

/** A valid element of the group, checked here and nowhere else. */
export function element(group: Group): Format<Element> {
  return {
    read(json, place) {
      const read = typeof json === 'string' ? elementFromHex(group, json) : undefined
      if (read === undefined) throw new Malformed('not-an-element', place)
      return read
    },
    write: (value) => `"${elementToHex(value)}"`,
  }
}

/** A public scalar. */
export const scalar: Format<Scalar> = {
  read(json, place) {
    const read = typeof json === 'string' ? scalarFromDecimal(json) : undefined
    if (read === undefined) throw new Malformed('not-a-scalar', place)
    return read
  },
  write: (value) => `"${scalarToDecimal(value)}"`,
}

export function array<T>(item: Format<T>): Format<T[]> {
  return {
    read(json, place) {
      if (!Array.isArray(json)) throw new Malformed('wrong-shape', place)
      return json.map((inner, index) => item.read(inner, `${place}[${index}]`))
    },
    write: (values) => `[${values.map((value) => item.write(value)).join(',')}]`,
  }
}

/** An array of exactly `length` items. The length is looked at before any item. */
export function arrayOf<T>(length: number, item: Format<T>): Format<T[]> {
  const items = array(item)
  return {
    read(json, place) {
      if (!Array.isArray(json) || json.length !== length) throw new Malformed('wrong-shape', place)
      return items.read(json, place)
    },
    write: items.write,
  }
}

/** An array whose items each have their own format. */
export function tuple<T extends readonly unknown[]>(
  ...formats: {
    [I in keyof T]: Format<T[I]>
  }
): Format<T> {
  return {
    read(json, place) {
      if (!Array.isArray(json) || json.length !== formats.length) throw new Malformed('wrong-shape', place)
      return formats.map((format, index) => format.read(json[index], `${place}[${index}]`)) as unknown as T
    },
    write: (values) => `[${formats.map((format, index) => format.write(values[index])).join(',')}]`,
  }
}

export interface OptionalField<T> {
  readonly optional: Format<T>
}

/** A field of a record that may be left out. */
export function optional<T>(format: Format<T>): OptionalField<T> {
  return { optional: format }
}

type Fields = Readonly<Record<string, Format<unknown> | OptionalField<unknown>>>
type RecordOf<F extends Fields> = {
  readonly [K in keyof F as F[K] extends Format<unknown> ? K : never]: F[K] extends Format<infer T>
    ? T
    : never
} & {
  readonly [K in keyof F as F[K] extends OptionalField<unknown> ? K : never]?: F[K] extends OptionalField<
    infer T
  >
    ? T
    : never
}

/** An object with these fields in this order, and no other. */
export function record<F extends Fields>(fields: F): Format<RecordOf<F>> {
  const entries = Object.entries(fields)
  return {
    read(json, place) {
      if (typeof json !== 'object' || json === null || Array.isArray(json)) {
        throw new Malformed('wrong-shape', place)
      }
      const found = new Map(Object.entries(json))
      const unknown = found.keys().find((name) => !Object.hasOwn(fields, name))
      if (unknown !== undefined) throw new Malformed('wrong-shape', inside(place, unknown))

      const read: Record<string, unknown> = {}
      for (const [name, field] of entries) {
        const format = 'optional' in field ? field.optional : field
        if (found.has(name)) read[name] = format.read(found.get(name), inside(place, name))
        else if (!('optional' in field)) throw new Malformed('wrong-shape', inside(place, name))
      }
      return read as RecordOf<F>
    },
    write(value) {
      const written: string[] = []
      for (const [name, field] of entries) {
        const content = (value as Readonly<Record<string, unknown>>)[name]
        if (content === undefined) continue
        const format = 'optional' in field ? field.optional : field
        written.push(`"${name}":${format.write(content)}`)
      }
      return `{${written.join(',')}}`
    },
  }
}

function inside(place: string, name: string): string {
  return place === '' ? name : `${place}.${name}`
}
