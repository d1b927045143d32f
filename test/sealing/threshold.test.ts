import { expect, test } from 'vitest'
import { parseCanonical } from '../../src/sealing/canonical-json.ts'
import { elementToHex } from '../../src/sealing/encoding.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import {
  findWrongThresholdPart,
  thresholdKey,
  thresholdParametersFormat,
} from '../../src/sealing/threshold.ts'
import { proveTrusteeKey } from '../../src/sealing/trustee-key.ts'
import { holdCeremony } from '../support/threshold-fixture.ts'

const group = await loadGroup()
const format = thresholdParametersFormat(group)

test.each([
  [1, 1],
  [1, 3],
  [2, 3],
  [3, 3],
])('a ceremony of %i of %i trustees is right, and read as it was written', (threshold, size) => {
  const { parameters } = holdCeremony(group, { size, threshold })
  expect(findWrongThresholdPart(group, parameters)).toBeUndefined()
  expect(parseCanonical(format, format.write(parameters))).toEqual({ ok: true, value: parameters })
})

test('with a threshold of one, every trustee has the key', () => {
  const { parameters, secrets } = holdCeremony(group, { size: 2, threshold: 1 })
  for (const secret of secrets) expect(group.multiplyBase(secret)).toEqual(thresholdKey(group, parameters))
})

test.each([
  ['another size of the group', { size: 4 }],
  ['another threshold', { threshold: 1 }],
  ['the place of another trustee', { index: 2 }],
])('a trustee who signs %s is found', (_, context) => {
  const { parameters } = holdCeremony(group, { size: 3, threshold: 2 }, { context })
  expect(findWrongThresholdPart(group, parameters)).toBe('certs[0]')
})

test('a trustee who publishes a key that does not follow from the polynomials is found', () => {
  const key = proveTrusteeKey(group, group.randomScalar())
  const { parameters } = holdCeremony(group, { size: 3, threshold: 2 }, { key })
  expect(findWrongThresholdPart(group, parameters)).toBe('verification_keys[0]')
})

test('a threshold that the group can never reach is refused', () => {
  const { parameters } = holdCeremony(group, { size: 2, threshold: 3 })
  expect(parseCanonical(format, format.write(parameters))).toEqual({
    ok: false,
    malformation: { code: 'wrong-shape', place: '' },
  })
})

test.each(['certs', 'coefexps', 'signatures', 'verification_keys'] as const)(
  'a group is refused that has one of its %s less',
  (list) => {
    const { parameters } = holdCeremony(group, { size: 3, threshold: 2 })
    const less = { ...parameters, [list]: parameters[list].slice(1) }
    expect(parseCanonical(format, format.write(less))).toMatchObject({
      malformation: { code: 'wrong-shape' },
    })
  },
)

test.each([1, 3])(
  'a group of three whose two commitments each make a threshold of %i is refused',
  (threshold) => {
    const { parameters } = holdCeremony(group, { size: 3, threshold: 2 })
    expect(parseCanonical(format, format.write({ ...parameters, threshold }))).toMatchObject({ ok: false })
  },
)

test('a group is refused in which one alone commits to more than the threshold', () => {
  const { parameters } = holdCeremony(group, { size: 3, threshold: 2 })
  const [first, ...others] = parameters.coefexps
  const message = first!.message.replace(']', `,"${elementToHex(group.base)}"]`)
  const more = { ...parameters, coefexps: [{ ...first!, message }, ...others] }
  expect(parseCanonical(format, format.write(more))).toMatchObject({ malformation: { code: 'wrong-shape' } })
})
