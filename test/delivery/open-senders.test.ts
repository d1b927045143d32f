import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { deliverySettings, openSenders } from '../../src/delivery/open-senders.ts'

const folder = mkdtempSync(join(tmpdir(), 'urna-'))
const secret = join(folder, 'secret')
afterAll(() => rmSync(folder, { recursive: true }))

const sendersOf = (env: Record<string, string>) => openSenders(deliverySettings(env))

test('what is not set up is not there', async () => {
  const senders = await sendersOf({})
  expect(Object.keys(senders)).toEqual(['close'])
  await senders.close()
})

test('the address of the mail server may stand in the environment or in a file', async () => {
  writeFileSync(secret, 'smtps://office:s3cret@mail.example.org\n')
  const from = { URNA_MAIL_FROM: 'election@chapter.example' }
  for (const env of [{ URNA_SMTP_URL: 'smtp://localhost' }, { URNA_SMTP_URL_FILE: secret }]) {
    const senders = await sendersOf({ ...env, ...from })
    expect(Object.keys(senders)).toEqual(['email', 'close'])
    await senders.close()
  }
})

test('a gateway needs its address alone, and takes its header from a file', async () => {
  writeFileSync(secret, 'Authorization: Bearer s3cret\n')
  const senders = await sendersOf({
    URNA_SMS_URL: 'https://sms.example.org/send',
    URNA_SMS_HEADER_FILE: secret,
  })
  expect(Object.keys(senders)).toEqual(['sms', 'close'])
  await senders.close()
})

test.each([
  ['nobody whom mail is from', { URNA_SMTP_URL: 'smtp://localhost' }, 'URNA_MAIL_FROM'],
  ['a file that is not there', { URNA_SMTP_URL_FILE: '/nowhere/smtp' }, '/nowhere/smtp'],
  ['a gateway that is none', { URNA_SMS_URL: 'sms' }, 'https://'],
])('refuses %s', async (_name, env, said) => {
  const error = await sendersOf(env as Record<string, string>).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'delivery-misconfigured' })
  const { message, hint } = error as Error & { hint?: string }
  expect(`${message} ${hint}`).toContain(said)
})
