import { describe, expect, test } from 'vitest'
import {
  anyJson,
  array,
  arrayOf,
  boolean,
  constant,
  element,
  hash,
  integer,
  optional,
  parseCanonical,
  record,
  scalar,
  text,
  textLike,
  tuple,
  weight,
} from '../../src/sealing/canonical-json.ts'
import { elementToHex } from '../../src/sealing/encoding.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'

const group = await loadGroup()

const person = record({ name: text, age: integer({ from: 0, to: 150 }), nickname: optional(text) })

function refusal(format: Parameters<typeof parseCanonical>[0], json: string) {
  const reading = parseCanonical(format, json)
  return reading.ok ? undefined : reading.malformation
}

describe('one text for one thing', () => {
  test('the text that writing gives is read', () => {
    const json = person.write({ name: 'Ada', age: 36 })
    expect(json).toBe('{"name":"Ada","age":36}')
    expect(parseCanonical(person, json)).toEqual({ ok: true, value: { name: 'Ada', age: 36 } })
    expect(parseCanonical(person, '{"name":"Ada","age":36,"nickname":"A"}').ok).toBe(true)
  })

  test.each([
    ['a space', '{"name":"Ada", "age":36}'],
    ['a line end after it', '{"name":"Ada","age":36}\n'],
    ['fields in another order', '{"age":36,"name":"Ada"}'],
    ['a repeated field', '{"name":"Eve","name":"Ada","age":36}'],
    ['a needless escape', '{"name":"\\u0041da","age":36}'],
    ['a needless fraction', '{"name":"Ada","age":36.0}'],
    ['a negative zero', '{"name":"Ada","age":-0}'],
    ['an exponent', '{"name":"Ada","age":3e1}'],
  ])('%s makes another text, which is refused', (_, json) => {
    expect(refusal(person, json)).toEqual({ code: 'not-canonical', place: '' })
  })

  test.each([
    ['an unknown field', '{"name":"Ada","age":36,"shoe":39}', 'shoe'],
    ['a field of the prototype', '{"name":"Ada","age":36,"__proto__":{}}', '__proto__'],
    ['a missing field', '{"name":"Ada"}', 'age'],
    ['a field of another type', '{"name":7,"age":36}', 'name'],
    ['a number out of range', '{"name":"Ada","age":151}', 'age'],
    ['a number with a fraction', '{"name":"Ada","age":36.5}', 'age'],
    ['null for what may be left out', '{"name":"Ada","age":36,"nickname":null}', 'nickname'],
    ['an array', '[]', ''],
    ['nothing', 'null', ''],
  ])('%s is refused, and its place is named', (_, json, place) => {
    expect(refusal(person, json)).toEqual({ code: 'wrong-shape', place })
  })

  test('what is no JSON is refused', () => {
    expect(refusal(person, '{"name":')).toEqual({ code: 'not-json', place: '' })
  })

  test('the place leads through arrays and records', () => {
    const people = record({ people: array(person) })
    expect(refusal(people, '{"people":[{"name":"Ada","age":36},{"name":"Eve","age":-1}]}')).toEqual({
      code: 'wrong-shape',
      place: 'people[1].age',
    })
  })
})

test('the delete character is escaped as Belenios escapes it', () => {
  expect(text.write('a\x7fb\x01"\\é')).toBe('"a\\u007fb\\u0001\\"\\\\é"')
  expect(parseCanonical(text, '"a\\u007fb"')).toEqual({ ok: true, value: 'a\x7fb' })
  expect(refusal(text, '"a\x7fb"')).toEqual({ code: 'not-canonical', place: '' })
})

test.each([
  ['0', 0n],
  ['1073741823', 1073741823n],
  ['"1073741824"', 1073741824n],
  ['"100000000000"', 100000000000n],
])('the weight %s is written as Belenios writes it', (json, value) => {
  expect(weight.write(value)).toBe(json)
  expect(parseCanonical(weight, json)).toEqual({ ok: true, value })
})

test.each([
  ...['"5"', '"0"', '"01073741824"', '"-1"', '"x1073741824"', '"1073741824x"', `"${'9'.repeat(77)}"`],
  ...['1073741824', '-1', '1.5', 'true', 'null', '[7]', '["1073741824"]'],
])('%s is no weight', (json) => {
  expect(parseCanonical(weight, json).ok).toBe(false)
})

test('what is no weight in any spelling has the wrong shape', () => {
  for (const json of ['1073741824', '[7]', '["1073741824"]', 'true', '"0"']) {
    expect([json, refusal(weight, json)?.code]).toEqual([json, 'wrong-shape'])
  }
})

test('a weight has as many digits as a scalar, and no more', () => {
  const json = `"${'9'.repeat(76)}"`
  expect(parseCanonical(weight, json)).toEqual({ ok: true, value: 10n ** 76n - 1n })
})

test('an integer may be as small and as large as its bounds', () => {
  const between = integer({ from: -2, to: 3 })
  const allowed = [-3, -2, 3, 4].map((value) => parseCanonical(between, String(value)).ok)
  expect(allowed).toEqual([false, true, true, false])
  expect(refusal(between, '"1"')?.code).toBe('wrong-shape')
})

test('elements and scalars are checked on reading', () => {
  const twice = group.add(group.base, group.base)
  const p = elementToHex(twice)
  expect(parseCanonical(element(group), `"${p}"`)).toEqual({ ok: true, value: twice })
  expect(refusal(element(group), `"${p.toUpperCase()}"`)?.code).toBe('not-an-element')
  expect(refusal(element(group), `"${'0'.repeat(64)}"`)?.code).toBe('not-an-element')
  expect(refusal(element(group), '5')?.code).toBe('not-an-element')
  expect(refusal(scalar, '"05"')?.code).toBe('not-a-scalar')
  expect(refusal(scalar, '5')?.code).toBe('not-a-scalar')
})

test('arrays and tuples have the length they should have', () => {
  const pair = tuple<readonly [string, boolean]>(text, boolean)
  expect(parseCanonical(pair, '["a",true]')).toEqual({ ok: true, value: ['a', true] })
  expect(refusal(pair, '["a"]')?.code).toBe('wrong-shape')
  expect(refusal(pair, '["a",1]')).toEqual({ code: 'wrong-shape', place: '[1]' })
  expect(refusal(arrayOf(2, text), '["a","b","c"]')?.code).toBe('wrong-shape')
  expect(refusal(arrayOf(2, text), '["a"]')?.code).toBe('wrong-shape')
  expect(arrayOf(2, text).write(['a', 'b'])).toBe('["a","b"]')
  // Whoever sends a million items where two belong is refused before the first is looked at.
  expect(refusal(arrayOf(2, text), '[1,2,3]')?.place).toBe('')
  expect(refusal(arrayOf(2, text), '["a",2]')?.place).toBe('[1]')
  expect(refusal(pair, '[1,2,3]')?.place).toBe('')
  for (const format of [array(text), arrayOf(0, text), tuple()]) {
    expect(refusal(format, '{"length":0}')).toEqual({ code: 'wrong-shape', place: '' })
  }
})

test('texts, hashes and constants match what they should match', () => {
  expect(parseCanonical(hash, `"${'a0'.repeat(32)}"`).ok).toBe(true)
  for (const other of [
    'A'.repeat(64),
    'a'.repeat(63),
    'a'.repeat(65),
    `${'a'.repeat(64)}g`,
    `g${'a'.repeat(64)}`,
  ]) {
    expect(refusal(hash, `"${other}"`)?.code).toBe('wrong-shape')
  }
  expect(refusal(textLike(/^7$/), '7')?.code).toBe('wrong-shape')
  expect(refusal(textLike(/^[ab]+$/), '"abc"')?.code).toBe('wrong-shape')
  expect(refusal(constant(1), '2')?.code).toBe('wrong-shape')
  expect(constant('Ed25519').write('Ed25519')).toBe('"Ed25519"')
})

test('free JSON is kept as it is, but not without end', () => {
  const json = '{"urna":{"method":"stv","seats":3,"notes":[null,true,"\\u007f"]}}'
  expect(parseCanonical(anyJson, json).ok).toBe(true)
  expect(parseCanonical(anyJson, `${'['.repeat(32)}null,7${']'.repeat(32)}`).ok).toBe(true)
  expect(refusal(anyJson, '['.repeat(33) + ']'.repeat(33))).toEqual({ code: 'wrong-shape', place: '' })
  expect(parseCanonical(anyJson, `{"a":1,"b":${'['.repeat(32)}${']'.repeat(32)}}`).ok).toBe(false)
  expect(parseCanonical(anyJson, '['.repeat(100_000) + ']'.repeat(100_000)).ok).toBe(false)
})
