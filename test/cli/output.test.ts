import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { formatTable, printable } from '../../src/cli/output.ts'

const columns = process.stdout.columns
beforeEach(() => {
  process.stdout.columns = 40
})
afterEach(() => {
  process.stdout.columns = columns
})

test('a table fits a narrow terminal, breaks between words and cuts nothing off', () => {
  const code = 'KPjKTZDuY8/lUT3MQ35PTSJ+wOoRiSxgPNDx+2YKdaE'
  const text = formatTable({
    head: ['Code', 'What it means'],
    rows: [[code, 'it counts and its voter can find it on the board']],
  })
  const lines = text.split('\n')
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40)
  const letters = (part: string) => part.replace(/\s/g, '')
  expect(letters(text)).toHaveLength(
    letters(`CodeWhat it means${code}it counts and its voter can find it on the board`).length,
  )
  expect(text).toContain('counts')
})

test('a long table has every row, under one head', () => {
  const rows = Array.from({ length: 501 }, (_, index) => [String(index), 'x'])
  const lines = formatTable({ head: ['Number', 'Token'], rows }).split('\n')
  expect(lines).toHaveLength(502)
  expect([lines[0], lines[1], lines[201], lines.at(-1)]).toEqual([
    'Number  Token',
    '0       x',
    '200     x',
    '500     x',
  ])
})

test('names in wide letters are shown whole: a Chinese one takes twice the room', () => {
  const text = formatTable({ head: ['Name', 'Votes'], rows: [['山田太郎', '3']] })
  expect(text).toContain('山田太郎')
})

test('whatever letters a name has, a table cuts nothing off', () => {
  const letters = (text: string) => text.replace(/\s/g, '')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (name) => {
      const text = formatTable({ head: ['A', 'B'], rows: [[printable(name), 'x']] })
      expect(letters(text)).toBe(letters(`AB${printable(name)}x`))
    }),
  )
})

test('a name can not move the cursor, ring the bell or turn the text around', () => {
  expect(printable('Ada\u001b[2J\u0007\u202eevil\nBo')).toBe('Ada\ufffd[2J\ufffd\ufffdevil Bo')
})
