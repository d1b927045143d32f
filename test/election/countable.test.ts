import { expect, test } from 'vitest'
import { draftedContest, option } from '../../src/election/contest-draft.ts'
import type { Contest } from '../../src/election/contests.ts'
import { countFault } from '../../src/election/countable.ts'
import { contestDraft } from '../support/election.ts'

function contest(changes: Parameters<typeof contestDraft>[0], names: string): Contest {
  return draftedContest(contestDraft({ ...changes, options: [...names].map(option) }))
}

test.each([
  [{ method: 'plurality' }, 'ABC'],
  [{ method: 'block', seats: 2, max: 2 }, 'ABC'],
  [{ method: 'limited', seats: 3, max: 2 }, 'ABCD'],
  [{ method: 'approval-motion' }, 'YN'],
  [{ method: 'dhondt', seats: 7 }, 'ABC'],
  [{ method: 'irv' }, 'ABC'],
  [{ method: 'stv-scottish', seats: 2 }, 'ABCD'],
])('%o of %s can be counted', (changes, names) => {
  expect(countFault(contest(changes, names))).toBeUndefined()
})

test.each([
  ['a block vote for more than the seats', { method: 'block', seats: 2 }, 'ABCD', { most: 2 }],
  ['a limited vote for as many as the seats', { method: 'limited', seats: 3, max: 3 }, 'ABCD', { most: 2 }],
  [
    'a motion with four answers',
    { method: 'approval-motion' },
    'ABCD',
    { message: /two options, yes and no/ },
  ],
  [
    'a quorum of unknown size',
    { method: 'approval-motion', rules: { quorum: { of: [1, 2], reach: 'at least' } } },
    'YN',
    { message: /need the rule `eligible`/ },
  ],
  [
    'fewer options than the method asks for',
    { method: 'selection', rules: { minOptions: 2 } },
    'ABC',
    { message: /a ballot that selects only 1 / },
  ],
  [
    'a list whose candidates are not there',
    { method: 'dhondt', rules: { candidates: { A: ['Eve'] } } },
    'AB',
    { message: /name Eve, which is no option/ },
  ],
])('%s is told before the vote', (_, changes, names, fault: { most?: number; message?: RegExp }) => {
  const found = countFault(contest(changes, names))
  if (fault.most !== undefined) expect(found?.most).toBe(fault.most)
  if (fault.message !== undefined) expect(found?.message).toMatch(fault.message)
})
