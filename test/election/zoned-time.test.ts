import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isZone, momentOfText, textOfMoment } from '../../src/election/zoned-time.ts'

test.each([
  ['2026-12-01 09:00', 'Europe/Madrid', '2026-12-01T08:00:00.000Z'],
  ['2026-07-01T09:00', 'Europe/Madrid', '2026-07-01T07:00:00.000Z'],
  ['2026-12-01 09:00:30', 'Asia/Kolkata', '2026-12-01T03:30:30.000Z'],
  ['2026-12-01 00:00', 'Pacific/Auckland', '2026-11-30T11:00:00.000Z'],
  ['2026-12-01 09:00 +02:00', 'Europe/Madrid', '2026-12-01T07:00:00.000Z'],
  ['2026-12-01T09:00:00Z', 'America/Bogota', '2026-12-01T09:00:00.000Z'],
  ['2026-12-01T09:00-03:30', 'UTC', '2026-12-01T12:30:00.000Z'],
])('%s in %s is %s', (text, zone, moment) => {
  expect(momentOfText(text, zone)).toBe(moment)
})

test.each([
  ['2026-03-29 02:30', 'Europe/Madrid'],
  ['2026-03-08 02:00', 'America/New_York'],
  ['2026-09-27 02:45', 'Pacific/Auckland'],
])('%s never comes in %s, as the clocks are put forward over it', (text, zone) => {
  expect(momentOfText(text, zone)).toEqual({ code: 'skipped', zone })
})

test('a time that the clocks show twice is refused with both ways to say it', () => {
  expect(momentOfText('2026-10-25 02:30', 'Europe/Madrid')).toEqual({
    code: 'twice',
    zone: 'Europe/Madrid',
    either: ['2026-10-25 02:30+02:00', '2026-10-25 02:30+01:00'],
  })
  expect(momentOfText('2026-10-25 02:30+02:00', 'Europe/Madrid')).toBe('2026-10-25T00:30:00.000Z')
  expect(momentOfText('2026-10-25 02:30+01:00', 'Europe/Madrid')).toBe('2026-10-25T01:30:00.000Z')
})

test.each([
  '2026-12-01',
  'tomorrow',
  '2026-02-30 09:00',
  '2026-13-01 09:00',
  '2026-12-01 25:00',
  '09:00',
  '',
])('"%s" is no day and time', (text) => {
  expect(momentOfText(text, 'UTC')).toEqual({ code: 'unreadable' })
})

test('a zone is known by its IANA name', () => {
  expect(isZone('Europe/Madrid')).toBe(true)
  expect(isZone('Madrid')).toBe(false)
})

test('any moment written in any zone is read back', () => {
  const zones = [
    'UTC',
    'Europe/Madrid',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'America/St_Johns',
  ]
  const from = Date.parse('2020-01-01T00:00:00Z') / 1000
  fc.assert(
    fc.property(
      fc.integer({ min: from, max: from + 15 * 366 * 86_400 }),
      fc.constantFrom(...zones),
      (seconds, zone) => {
        const moment = new Date(seconds * 1000).toISOString()
        expect(momentOfText(textOfMoment(moment, zone), zone)).toBe(moment)
      },
    ),
    { numRuns: 300 },
  )
})

test('each half hour around a change of the clocks is read back', () => {
  for (const [zone, change] of [
    ['Europe/Madrid', '2026-10-25T01:00:00Z'],
    ['Europe/Madrid', '2026-03-29T01:00:00Z'],
    ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
  ] as const) {
    for (let half = -6; half <= 6; half++) {
      const moment = new Date(Date.parse(change) + half * 1_800_000).toISOString()
      expect(momentOfText(textOfMoment(moment, zone), zone)).toBe(moment)
    }
  }
})
