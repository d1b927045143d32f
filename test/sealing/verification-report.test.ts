import { expect, test } from 'vitest'
import { CheckFailed, checkFailed, checkIds, startFindings } from '../../src/sealing/verification-report.ts'

const record = { kind: 'data', hash: 'ab'.repeat(32), body: '1' } as const

test('each check says in a sentence what holds if it passed', () => {
  const sentences = startFindings().checks()
  expect(sentences.map(({ sentence }) => sentence)).toEqual([
    'The archive is complete, and every byte is as the format wants it.',
    'Each names the one before, comes in its turn, and has the data that it names.',
    'The description of the election is complete and makes sense.',
    'Each proves to know the secret half of their key.',
    'Ballots are sealed with the keys of all trustees together, and with no other.',
    'All are different, and each is valid.',
    'Each is signed with a token of this election and proves to be well-formed.',
    'What is opened is the last ballot of each token, all of them and nothing else.',
    'Whoever shuffled the ballots proves to have changed, added and dropped none.',
    'Whoever helped to open the tally proves to have done so with their own key.',
    'The published result is what the trustees opened.',
  ])
  expect(sentences.every(({ outcome }) => outcome === 'not-reached')).toBe(true)
})

test('and of how many it holds, once it passed', () => {
  const findings = startFindings()
  for (const id of checkIds) findings.pass(id, { count: 1 })
  const firsts = () => findings.checks().map(({ sentence }) => sentence.split('. ')[0])
  expect(firsts()).toMatchObject({
    ...{ 0: '1 file', 1: '1 event', 3: '1 trustee', 5: '1 token', 6: '1 ballot', 7: '1 counted ballot' },
    ...{ 8: '1 trustee', 9: '1 trustee' },
  })
  for (const id of checkIds) findings.pass(id, { count: 1234, of: 5678 })
  expect(firsts()).toMatchObject({
    ...{ 0: '1,234 files', 5: '1,234 tokens', 8: '1,234 of 5,678 trustees', 9: '1,234 of 5,678 trustees' },
  })
  findings.pass('decryptions', { count: 1, of: 1 })
  expect(firsts()[9]).toBe('1 of 1 trustee')
  expect(findings.checks()[0]).toMatchObject({ id: 'archive', outcome: 'passed', count: 1234 })
})

test('a check that failed says why and where, and no more how many', () => {
  const findings = startFindings()
  const { failure, message } = checkFailed('tokens', 'weight-zero', record, { height: 0, part: '[3]' })
  expect(message).toBe('tokens: weight-zero')
  findings.pass('tokens', { count: 4 })
  findings.fail(failure)
  const sentence = 'All are different, and each is valid.'
  const file = `${record.hash}.data.json`
  expect(findings.checks()[5]).toEqual({
    ...{ id: 'tokens', sentence, outcome: 'failed', reason: 'weight-zero' },
    place: { file, height: 0, part: '[3]' },
  })
  findings.fail(new CheckFailed({ check: 'tokens', reason: 'not-sorted' }).failure)
  expect(findings.checks()[5]).toEqual({ id: 'tokens', sentence, outcome: 'failed', reason: 'not-sorted' })
})

test('the place of the whole of a file has no part', () => {
  const { failure } = checkFailed('election', 'not-json', record, { height: 0, part: '' })
  expect(failure.place).toEqual({ file: `${record.hash}.data.json`, height: 0 })
})
