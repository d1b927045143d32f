import { expect, test } from 'vitest'
import { codeMessage, languages } from '../../src/delivery/code-message.ts'
import { templates } from '../voting/code-fixtures.ts'

const made = { code: '271828', organisation: 'Rail Workers' }

test.each(languages)(
  'the SMS of a code begins with it and stays short, whatever the title: %s',
  async (language) => {
    const title = 'Wahl des Vorstands der nördlichen Gliederung und der Revisionskommission 2026'
    const { text } = await codeMessage(templates, { ...made, by: 'sms', language, title })
    expect(text).toMatch(/^271828 /)
    expect(text).toContain('"Wahl des Vorstands der nördli…"')
    expect(text.length).toBeLessThanOrEqual(160)
  },
)

test.each(languages)('the mail of a code has it in the text and not in the subject: %s', async (language) => {
  const message = await codeMessage(templates, { ...made, by: 'email', language, title: 'Board 2026' })
  expect(message.subject).toContain('Board 2026')
  // Mail servers write subjects into their logs.
  expect(message.subject).not.toContain('271828')
  expect(message.text.match(/^ {4}271828$/gm)).toHaveLength(1)
  expect(message.text).toContain('Rail Workers')
})

test('a title that looks like a header or a place of the template is text', async () => {
  const title = 'A\r\nBcc: eve@example.org\u2028{code}'
  const message = await codeMessage(templates, { ...made, by: 'email', language: 'en', title })
  expect(message.subject).toBe('Your code for “A Bcc: eve@example.org {code}”')
})
