import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openSenders } from '../../src/cli/delivery-settings.ts'
import type { Refusal } from '../../src/errors.ts'

const folder = mkdtempSync(join(tmpdir(), 'urna-settings-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

test('mail and SMS are set up from files, in YAML or JSON', async () => {
  const mail = file(
    'mail.yaml',
    'url: smtp://localhost:2525\nfrom: Northern Chapter <vote@chapter.example>\n',
  )
  const sms = file(
    'sms.json',
    '{"url": "https://sms.example/send", "body": "{\\"to\\":\\"{to}\\",\\"text\\":\\"{text}\\"}"}',
  )
  const { email, sms: gateway, ...others } = await openSenders({ mail, sms })
  expect(others).toEqual({})
  await email!.close()
  await gateway!.close()
  expect(await openSenders({ mail: undefined, sms: undefined })).toEqual({})
})

test.each([
  [
    'a field that is not known',
    'url: smtp://a:s3cret@localhost\nfrom: a@b.example\npassword: s3cret\n',
    'password',
  ],
  ['a field that is missing', 'url: smtp://a:s3cret@localhost\n', 'from'],
  ['a text that is no YAML', 'url: "smtp://a:s3cret@localhost\nfrom: [s3cret', 'the whole file'],
  ['nothing', '', 'the whole file'],
])('%s is named, and no secret of the file with it', async (_, text, field) => {
  const mail = file('bad.yaml', text)
  const refusal = await openSenders({ mail, sms: undefined }).catch((error: unknown) => error as Refusal)
  expect(refusal).toMatchObject({ code: 'invalid-input', details: { fields: [field] } })
  expect(JSON.stringify([String(refusal), refusal])).not.toContain('s3cret')
})
