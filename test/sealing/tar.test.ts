import { describe, expect, test } from 'vitest'
import { blockSize, paddingOf, readTarHeader, tarHeader } from '../../src/sealing/tar.ts'

const entry = { name: `${'a1'.repeat(32)}.event.json`, size: 181, timestamp: 1_795_252_448 }

describe('a tar header', () => {
  test('is what tar itself would call an old-style entry', () => {
    const text = Buffer.from(tarHeader(entry)).toString('latin1')
    expect(text.slice(0, 100).replaceAll('\0', '')).toBe(entry.name)
    expect(text.slice(100, 124)).toBe('0000644\x000000000\x000000000\0')
    expect(text.slice(124, 148)).toBe('00000000265\x0015300260340\0')
    expect(text.slice(156)).toBe(`0${'\0'.repeat(355)}`)
  })

  test('carries the sum of its bytes', () => {
    const header = tarHeader(entry)
    const written = Number.parseInt(Buffer.from(header.subarray(148, 154)).toString(), 8)
    header.fill(0x20, 148, 156)
    expect(written).toBe(header.reduce((sum, byte) => sum + byte, 0))
  })

  test('reads back', () => {
    expect(readTarHeader(tarHeader(entry))).toEqual(entry)
  })

  test('is refused with any one byte changed', () => {
    const header = tarHeader(entry)
    for (let i = 0; i < blockSize; i++) {
      for (const flip of [1, 0x20, 0x80]) {
        const changed = header.slice()
        changed[i] = changed[i]! ^ flip
        expect(readTarHeader(changed), `byte ${i} xor ${flip}`).toBeUndefined()
      }
    }
  })

  test.each(['!', '~', 'x'.repeat(99)])('may name a file %s', (name) => {
    const named = { ...entry, name }
    expect(readTarHeader(tarHeader(named))).toEqual(named)
  })

  test.each([
    ['no name', ''],
    ['a name without end', 'x'.repeat(100)],
    ['a space in the name', 'two words'],
    ['a space before the name', ' name'],
    ['a name that ends in a space', 'name '],
    ['a name that is no ASCII', 'né'],
    ['a name that ends in the delete character', 'name\x7f'],
  ])('is refused with %s', (_, name) => {
    expect(readTarHeader(tarHeader({ ...entry, name }))).toBeUndefined()
  })

  test('is refused with another mode, owner or type, though the sum is right', () => {
    for (const [offset, digit] of [
      [106, '0'],
      [114, '1'],
      [156, '5'],
    ] as const) {
      const changed = tarHeader(entry)
      changed[offset] = digit.charCodeAt(0)
      changed.fill(0x20, 148, 156)
      const sum = changed.reduce((total, byte) => total + byte, 0)
      changed.set(Buffer.from(`${sum.toString(8).padStart(6, '0')}\0 `), 148)
      expect(readTarHeader(changed)).toBeUndefined()
    }
  })
})

test('a content is filled up to whole blocks', () => {
  expect([0, 1, 511, 512, 513].map(paddingOf)).toEqual([0, 511, 1, 0, 511])
})
