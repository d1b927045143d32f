import { describe, expect, test } from 'vitest'
import { parseMail, parseTemplate } from '../../src/mailing/merge-template.ts'
import { pacer, rateSchema } from '../../src/mailing/pacer.ts'

const known = ['name', 'link', 'Post code']

function refusalOf(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  return undefined
}

describe('a template', () => {
  test('is filled whatever capitals, spaces and accents its fields have', () => {
    const template = parseTemplate('Dear {Name}, {postcode}{POST CODE}', { name: 'a.txt', known })
    expect(template.fill({ name: 'Ada', postcode: '28014' })).toBe('Dear Ada, 2801428014')
    expect([template.has('name'), template.has('link')]).toEqual([true, false])
  })

  test('with a field that there is not is refused with line, column and what was meant', () => {
    const mail = () =>
      parseMail('Subject: Hi\n\nDear you,\n  dear {nmae}!\n', { name: 'a.txt', known, subject: undefined })
    expect(refusalOf(mail)).toMatchObject({
      code: 'template-invalid',
      message: 'a.txt, line 4, column 8: there is no field {nmae}; {name} was meant, perhaps.',
      hint: 'There are: {name} {link} {Post code}',
    })
    const subject = () => parseMail('Subject: {who}\n\nHi\n', { name: 'a.txt', known, subject: undefined })
    expect(refusalOf(subject)).toMatchObject({ details: { line: 1 } })
  })

  test('without a subject is refused, unless one is given', () => {
    const text = 'Dear {name}\n'
    const without = () => parseMail(text, { name: 'a.txt', known, subject: undefined })
    expect(refusalOf(without)).toMatchObject({ code: 'template-invalid' })
    const { subject, body } = parseMail(text, { name: 'a.txt', known, subject: 'For {name}' })
    expect([subject.fill({ name: 'Ada' }), body.fill({ name: 'Ada' })]).toEqual(['For Ada', 'Dear Ada\n'])
  })

  test('takes a value as one short line, and never as a part of itself', () => {
    const template = parseTemplate('{name}', { name: 'a.txt', known })
    expect(template.fill({ name: '{link}\r\n\u2028Bcc: \u202ex' })).toBe('{link} Bcc: x')
    expect(Array.from(template.fill({ name: '👩'.repeat(10_000) }))).toHaveLength(120)
    expect(template.fill({})).toBe('')
  })
})

describe('a rate', () => {
  test.each([
    ['10/s', 100],
    ['60/min', 1000],
    ['500/h', 7200],
  ])('%s is a message every %i milliseconds', (text, pause) => expect(rateSchema.parse(text)).toBe(pause))

  test.each(['', '0/s', '10', '10/d', '-1/s', '1.5/s'])('%j is none', (text) => {
    expect(rateSchema.safeParse(text).success).toBe(false)
  })

  test('is kept by all who send at once', async () => {
    let clock = 0
    const times: number[] = []
    const pace = pacer(100, () => clock)
    const waits: number[] = []
    for (let each = 0; each < 4; each++) {
      await pace.turn(async (millis) => {
        waits.push(millis)
        clock += millis
      })
      times.push(clock)
    }
    expect(times).toEqual([0, 100, 200, 300])
    expect(waits).toEqual([100, 100, 100])
  })
})
