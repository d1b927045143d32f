import { expect, test } from 'vitest'
import { scalarFromInteger, scalarToDecimal } from '../../src/sealing/encoding.ts'
import { groupOrder } from '../../src/sealing/group.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { secretScalarFromDecimal, secretScalarToDecimal } from '../../src/sealing/secret-decimal.ts'

const group = await loadGroup()

test.each([0n, 1n, 9n, 10n, 255n, 256n, 10n ** 75n, groupOrder - 1n])(
  'the secret %s is written in decimal and read again',
  (value) => {
    const secret = scalarFromInteger(value)
    expect(secretScalarToDecimal(secret)).toBe(String(value))
    expect(secretScalarFromDecimal(group, String(value))).toEqual(secret)
    expect(secret).toEqual(scalarFromInteger(value))
  },
)

test('any secret is written as a public one would be', () => {
  for (let i = 0; i < 200; i++) {
    const secret = group.randomScalar()
    expect(secretScalarToDecimal(secret)).toBe(scalarToDecimal(secret))
  }
})

test.each([
  '',
  '00',
  '01',
  '-1',
  '1 ',
  ' 1',
  '1x',
  'x1',
  '0x1',
  String(groupOrder),
  '9'.repeat(76),
  '1'.repeat(77),
])('%j is no secret', (text) => {
  expect(secretScalarFromDecimal(group, text)).toBeUndefined()
})
