/** A JSON Schema as far as faults are derived from it. */
export interface FieldSchema {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, FieldSchema>>
  readonly items?: FieldSchema
  readonly anyOf?: readonly FieldSchema[]
}

export interface FaultyBody {
  readonly fault: string
  /** JSON, or what is none. */
  readonly text: string
  /** Whether the fault can never be taken for something sensible. */
  readonly certain: boolean
}

type Path = readonly (string | number)[]

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`

/** Texts in the place of a value, which no schema here takes. */
const unreadable: Readonly<Record<string, string>> = {
  NUL: '"a\\u0000b"',
  'half a surrogate pair': '"a\\ud800b"',
  'the other half': '"\\udc00"',
  'an object with a poisoned prototype': '{"__proto__":{"admin":true}}',
  'a constructor with a prototype': '{"constructor":{"prototype":{"admin":true}}}',
  'too deep': nested(40),
  'far too deep': nested(100_000),
}

/** Values which some fields take. */
const unfitting: Readonly<Record<string, string>> = {
  null: 'null',
  true: 'true',
  'a number': '7',
  'a negative number': '-7',
  'half a number': '1.5',
  'a huge number': '1e400',
  'a number beyond what is exact': '9007199254740993',
  'an empty text': '""',
  'a huge text': `"${'x'.repeat(100_000)}"`,
  'a list': '[]',
  'a list of lists': '[[[]]]',
  'an object': '{}',
  'an object with an odd name': '{"toString":1,"length":-1}',
}

/**
 * A body with each of its fields spoiled in every way, one at a time; those that are left out of `valid` are put
 * into it.
 */
export function* faultyBodies(schema: FieldSchema, valid: unknown): Generator<FaultyBody> {
  for (const { path, schema: field } of fieldsOf(schema)) {
    const name = path.join('.') || 'the whole'
    for (const [fault, json] of Object.entries(unreadable)) {
      yield { fault: `${name}: ${fault}`, text: withJsonAt(valid, path, json), certain: true }
    }
    for (const [fault, json] of Object.entries(unfitting)) {
      yield { fault: `${name}: ${fault}`, text: withJsonAt(valid, path, json), certain: false }
    }
    if (field.properties !== undefined) {
      for (const extra of ['extra', 'toString', 'hasOwnProperty', 'a\\u0000b']) {
        const text = withJsonAt(valid, [...path, placeholder], '1').replace(`"${placeholder}"`, `"${extra}"`)
        yield { fault: `${name}: ${extra} as well`, text, certain: true }
      }
    }
  }
  const whole = JSON.stringify(valid)
  for (const [fault, text] of Object.entries({
    nothing: '',
    'half of it': whole.slice(0, -1),
    twice: whole + whole,
    'a comma more': whole.replace(/}$/, ',}'),
    'no JSON': 'hello=world',
    'a BOM alone': '\ufeff',
    NaN: 'NaN',
    'only blanks': '   ',
  })) {
    yield { fault, text, certain: true }
  }
}

const placeholder = 'place of another field'

interface Field {
  readonly path: Path
  readonly schema: FieldSchema
}

function* fieldsOf(schema: FieldSchema, path: Path = []): Generator<Field> {
  yield { path, schema }
  for (const [name, inner] of Object.entries(schema.properties ?? {})) yield* fieldsOf(inner, [...path, name])
  if (schema.items !== undefined) yield* fieldsOf(schema.items, [...path, 0])
  for (const inner of schema.anyOf ?? []) {
    if (inner.properties !== undefined || inner.items !== undefined) {
      for (const field of fieldsOf(inner, path)) if (field.path.length > path.length) yield field
    }
  }
}

/** @returns JSON of `valid` with this text, which may be no JSON, at the path */
function withJsonAt(valid: unknown, path: Path, json: string): string {
  const [first, ...rest] = path
  if (first === undefined) return json
  if (typeof first === 'number') {
    const [item, ...others] = Array.isArray(valid) ? valid : []
    return `[${[withJsonAt(item, rest, json), ...others.map((other) => JSON.stringify(other))].join(',')}]`
  }
  const fields = isFields(valid) ? valid : {}
  const names = [...new Set([...Object.keys(fields), first])]
  const members = names.map((name) => {
    const value = name === first ? withJsonAt(fields[name], rest, json) : JSON.stringify(fields[name])
    return `${JSON.stringify(name)}:${value}`
  })
  return `{${members.join(',')}}`
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
