import { expect, test } from 'vitest'
import { HostTaken } from '../../src/organisation/refusals.ts'
import { loggedError } from '../../src/server/error-log.ts'
import { serve } from '../support/serving.ts'
import { temporaryUrna } from '../support/urna.ts'

test('the log says of an error what it is and where, and nothing that it carries', () => {
  const error = Object.assign(new TypeError('550 no mailbox of ada@example.org\nsecond line'), {
    rejected: ['grace@example.org'],
    code: 'EENVELOPE',
    response: 'ada@example.org',
    cause: new Error('mary@example.org'),
  })
  const logged = loggedError(error)
  expect(logged).toMatchObject({ type: 'TypeError', code: 'EENVELOPE' })
  expect(logged.stack).toContain('error-log.test.ts')
  expect(JSON.stringify(logged)).not.toMatch(/@example|second line/)
  expect(loggedError('ada@example.org')).toEqual({ type: 'string', message: '', stack: '' })
})

test('of a refusal it has the sentence', () => {
  const refusal = new HostTaken({ host: 'vote.example.org', organisation: 'south' })
  expect(loggedError(refusal).message).toBe(refusal.message)
})

test('whatever part of the server logs an error, its data stay out', async () => {
  const urna = await temporaryUrna()
  const lines: string[] = []
  const serving = await serve(urna, { log: { write: (line) => lines.push(line) } })
  serving.app.log.error({ err: Object.assign(new Error('of ada'), { voter: 'ada' }) }, 'schedule')
  serving.app.log.error(Object.assign(new Error('of ada'), { voter: 'ada' }), 'live counts')
  await serving.close()
  await urna.close()
  expect(lines.filter((line) => line.includes('"type":"Error"'))).toHaveLength(2)
  expect(lines.join()).not.toMatch(/of ada|voter/)
})
