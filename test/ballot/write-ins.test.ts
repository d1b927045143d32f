import { describe, expect, test } from 'vitest'
import { decodeBallot, encodeSelections } from '../../src/ballot/encoding.ts'
import { setUpFaultOf, writeInRoom } from '../../src/ballot/room.ts'
import type { SelectionRules } from '../../src/ballot/rules.ts'
import { faultOf, type Selections } from '../../src/ballot/selections.ts'
import { shownOrder } from '../../src/ballot/shown-order.ts'
import { cleanWriteIn, writeInKey } from '../../src/ballot/write-in.ts'

const choice: SelectionRules = { style: 'choice', min: 1, max: 1, blank: true, writeIn: true }
const approval: SelectionRules = { style: 'approval', min: 1, max: 3, blank: true, none: 3, writeIn: true }

const written = (writeIn: string, ...options: number[]): Selections => ({ kind: 'options', options, writeIn })

/** The 30 bytes: the head, then a text, then zeros. */
function bytes(head: readonly number[], text: string | readonly number[] = ''): number[] {
  const name = typeof text === 'string' ? [...new TextEncoder().encode(text)] : text
  const all = [...head, ...name]
  return [...all, ...Array<number>(30 - all.length).fill(0)]
}

test('a choice is the number of the option, an approval a bit for each, and the name follows', () => {
  expect(encodeSelections({ kind: 'options', options: [2] }, choice, 4)).toEqual(bytes([3]))
  expect(encodeSelections(written('Zoë'), choice, 4)).toEqual(bytes([0], 'Zoë'))
  expect(encodeSelections(written('Zoë', 0, 2), approval, 4)).toEqual(bytes([0b101], 'Zoë'))
  expect(encodeSelections({ kind: 'options', options: [8] }, { ...approval, max: 2 }, 9)).toEqual(
    bytes([1, 0]),
  )
  expect(encodeSelections({ kind: 'blank' }, choice, 4)).toEqual(bytes([]))
})

describe('what a tampered device seals is an invalid ballot', () => {
  test.each<[string, SelectionRules, number[], object]>([
    ['an option that is not there', choice, bytes([5]), { code: 'unknown-option', option: 4 }],
    ['a bit beyond the options', approval, bytes([0b10001]), { code: 'unknown-option', option: 4 }],
    ['an option and a name', choice, bytes([1], 'Zoe'), { code: 'too-many', selected: 2, max: 1 }],
    ['none of the above and another', approval, bytes([0b1001]), { code: 'none-and-more', none: 3 }],
    ['none of the above and a name', approval, bytes([0b1000], 'Zoe'), { code: 'none-and-more', none: 3 }],
    ['bytes that are no UTF-8', choice, bytes([0], [0xc3, 0x28]), { code: 'unreadable', why: 'text' }],
    ['half a letter', choice, bytes([0], [0x5a, 0xc3]), { code: 'unreadable', why: 'text' }],
    ['a surrogate', choice, bytes([0], [0xed, 0xa0, 0x80]), { code: 'unreadable', why: 'text' }],
    ['an overlong letter', choice, bytes([0], [0xc1, 0x9a]), { code: 'unreadable', why: 'text' }],
    [
      'padding before the name',
      choice,
      bytes([0, 0], 'Zoe'),
      { code: 'write-in-unreadable', why: 'characters' },
    ],
    [
      'a space behind the name',
      choice,
      bytes([0], 'Zoe '),
      { code: 'write-in-unreadable', why: 'characters' },
    ],
    ['two spaces', choice, bytes([0], 'Zoe  Q'), { code: 'write-in-unreadable', why: 'characters' }],
    [
      'a letter in two pieces',
      choice,
      bytes([0], 'Zoe\u0308'),
      { code: 'write-in-unreadable', why: 'characters' },
    ],
    ['a new line', choice, bytes([0], 'Zoe\nQ'), { code: 'write-in-unreadable', why: 'characters' }],
    [
      'text turned round',
      choice,
      bytes([0], 'Zoe\u202eQ'),
      { code: 'write-in-unreadable', why: 'characters' },
    ],
    [
      'a byte order mark',
      choice,
      bytes([0], '\ufeffZoe'),
      { code: 'write-in-unreadable', why: 'characters' },
    ],
    ['no letter', choice, bytes([0], '…'), { code: 'write-in-unreadable', why: 'empty' }],
    [
      'a name where none may be',
      { style: 'approval', min: 1, max: 2, blank: true, none: 2 },
      bytes([1], 'Zoe'),
      { code: 'write-in-not-allowed' },
    ],
  ])('%s', (_, rules, numbers, fault) => {
    expect(decodeBallot(numbers, rules, rules.none === 2 ? 3 : 4)).toEqual({ status: 'invalid', fault })
  })
})

test('a name has the room that the options leave, and a longer one is told by how much', () => {
  expect(writeInRoom(choice, 4)).toBe(29)
  expect(writeInRoom(choice, 300)).toBe(28)
  expect(writeInRoom(approval, 17)).toBe(27)
  expect(faultOf(written('É'.repeat(14)), choice, 4)).toBeUndefined()
  expect(faultOf(written('É'.repeat(15)), choice, 4)).toEqual({
    code: 'write-in-too-long',
    bytes: 30,
    room: 29,
  })
  expect(setUpFaultOf(approval, 112)).toBeUndefined()
  expect(setUpFaultOf(approval, 113)).toEqual({ code: 'too-many-options', options: 113, most: 112 })
})

test('who writes a name in may select one more, and none of the above stands for itself', () => {
  expect(setUpFaultOf({ ...approval, max: 5 }, 4)).toBeUndefined()
  expect(setUpFaultOf({ ...approval, max: 6 }, 4)).toMatchObject({ code: 'limits-contradict' })
  expect(setUpFaultOf({ ...approval, none: 4 }, 4)).toEqual({ code: 'none-unknown', none: 4, options: 4 })
  expect(faultOf({ kind: 'options', options: [3] }, { ...approval, min: 2 }, 4)).toBeUndefined()
  expect(faultOf({ kind: 'options', options: [0] }, { ...approval, min: 2 }, 4)).toMatchObject({
    code: 'too-few',
  })
})

test('names written alike are one whatever their case and spaces, and others are not', () => {
  expect(cleanWriteIn('  Zoe\u0308 \t Quinn\n')).toBe('Zoë Quinn')
  expect(writeInKey('ZOË  QUINN')).toBe(writeInKey('Zoe\u0308 quinn'))
  expect(writeInKey('Strauß')).toBe(writeInKey('STRAUSS'))
  expect(writeInKey('Zoe')).not.toBe(writeInKey('Zoë'))
})

test('options are shown in an order that chance makes, each as often in each place, none of the above last', () => {
  const contest = { options: ['A', 'B', 'C', 'None'], ballot: { ...approval, none: 3 } }
  expect(shownOrder(contest, () => 0)).toEqual([0, 1, 2, 3])
  const orders = new Set<string>()
  for (let first = 0; first < 3; first++) {
    for (let second = 0; second < 2; second++) {
      const chances = [first, second]
      orders.add(shownOrder({ ...contest, randomOrder: true }, () => chances.shift() ?? 0).join(''))
    }
  }
  expect([...orders].sort()).toEqual(['0123', '0213', '1023', '1203', '2013', '2103'])
})
