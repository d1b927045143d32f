import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  base64Unpadded,
  bytesOfHex,
  elementFromHex,
  elementToHex,
  hashToScalar,
  hexOf,
  scalarFromDecimal,
  scalarFromInteger,
  scalarFromSecretInteger,
  scalarToDecimal,
  sha256Base64,
  sha256Hex,
} from '../../src/sealing/encoding.ts'
import { type Element, groupOrder } from '../../src/sealing/group.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'

const group = await loadGroup()

test('an element is written big-endian and read back', () => {
  const p = group.multiplyBase(group.randomScalar())
  expect(elementToHex(p)).toBe(hexOf(p.slice().reverse()))
  expect(elementFromHex(group, elementToHex(p))).toEqual(p)
  expect(elementFromHex(group, `${'0'.repeat(63)}1`)).toEqual(group.identity)
})

test.each([
  ['upper case', (hex: string) => hex.replace(/[a-f]/, (letter) => letter.toUpperCase())],
  ['a missing digit', (hex: string) => hex.slice(1)],
  ['a digit too many', (hex: string) => `0${hex}`],
  ['a space', (hex: string) => ` ${hex.slice(1)}`],
  ['another letter', (hex: string) => `g${hex.slice(1)}`],
])('an element written with %s is refused', (_, spoil) => {
  const hex = elementToHex(group.multiplyBase(scalarFromInteger(2n)))
  expect(hex).toMatch(/^2.*c/)
  expect(elementFromHex(group, spoil(hex))).toBeUndefined()
})

test.each(['0'.repeat(64), `7${'f'.repeat(61)}ec`, `${'0'.repeat(63)}2`])(
  'the point %s, of small order or none at all, is refused',
  (hex) => {
    expect(elementFromHex(group, hex)).toBeUndefined()
  },
)

test('an element is written with 64 digits, whatever is taken for one', () => {
  const lenient = { ...group, isElement: (bytes: Uint8Array): bytes is Element => bytes.length >= 0 }
  const hex = elementToHex(group.base)
  expect(elementFromHex(lenient, hex)).toEqual(group.base)
  for (const other of ['', '00', hex.slice(2), `${hex}00`])
    expect(elementFromHex(lenient, other)).toBeUndefined()
})

test.each(['0', '1', '9', '10', String(groupOrder - 1n)])('the scalar %s is read and written', (text) => {
  expect(scalarToDecimal(scalarFromDecimal(text)!)).toBe(text)
})

test.each([
  '',
  '00',
  '01',
  '+1',
  '-1',
  ' 1',
  '1 ',
  '1.0',
  '1e3',
  '0x1',
  String(groupOrder),
  `${groupOrder}0`,
])('%j is no scalar', (text) => {
  expect(scalarFromDecimal(text)).toBeUndefined()
})

test('an integer becomes a scalar only if it is below the order of the group', () => {
  expect(scalarFromInteger(258n).subarray(0, 3)).toEqual(Uint8Array.of(2, 1, 0))
  const refused = new RangeError('a scalar is from 0 to q - 1')
  expect(() => scalarFromInteger(-1n)).toThrow(refused)
  expect(() => scalarFromInteger(groupOrder)).toThrow(refused)
  expect(scalarFromInteger(0n)).toEqual(group.zero)
})

test.each([0, 1, 255, 65536, 2 ** 32 - 1])(
  'the secret integer %i is the same scalar as the public one',
  (value) => {
    expect(scalarFromSecretInteger(value)).toEqual(scalarFromInteger(BigInt(value)))
  },
)

test('Base64 has no padding', () => {
  expect(base64Unpadded(Uint8Array.of(255, 254))).toBe('//4')
  expect(base64Unpadded(Uint8Array.of(0))).toBe('AA')
  expect(base64Unpadded(new Uint8Array())).toBe('')
})

test('only lower-case hexadecimal is read as bytes', () => {
  expect(bytesOfHex('00ff')).toEqual(Uint8Array.of(0, 255))
  expect(bytesOfHex('0')).toBeUndefined()
  for (const other of ['0F', 'g0', '0g', '00 0', '0x00']) expect(bytesOfHex(other)).toBeUndefined()
  expect(bytesOfHex('')).toEqual(new Uint8Array())
})

test('hashes agree with another implementation of SHA-256', () => {
  const text = 'a ballot'
  const expected = createHash('sha256').update(text)
  expect(sha256Hex(group, text)).toBe(expected.copy().digest('hex'))
  expect(sha256Base64(group, text)).toBe(expected.copy().digest('base64').replace('=', ''))
  const asInteger = BigInt(`0x${expected.copy().digest('hex')}`) % groupOrder
  expect(hashToScalar(group, text)).toEqual(scalarFromInteger(asInteger))
  expect(hashToScalar(group, group.sha256().update(text))).toEqual(scalarFromInteger(asInteger))
})
