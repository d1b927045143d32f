import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findElection } from '../../src/election/find-election.ts'
import { mergeSmall, readTurnout, smallestUnit } from '../../src/tally/turnout.ts'
import { issueTokens } from '../../src/voting/issue-tokens.ts'
import { correct, draftElection, group, ingestAll, openedElection, sealVote } from '../voting/fixtures.ts'

const unit = (name: string, voters: number, voted = voters) => ({ name, voters, voted })

test('units large enough are shown as they are', () => {
  const units = [unit('North', smallestUnit), unit('South', 400, 12)]
  expect(mergeSmall(units)).toEqual(units)
})

test('small units are shown together, so that nobody is told by a group of three', () => {
  expect(mergeSmall([unit('A', 3, 1), unit('B', 100, 50), unit('C', 8, 2)])).toEqual([
    unit('B', 100, 50),
    { name: null, voters: 11, voted: 3 },
  ])
})

test('a single small unit is hidden behind the smallest large one, from which it could be subtracted otherwise', () => {
  expect(mergeSmall([unit('A', 3, 1), unit('B', 100, 50), unit('C', 20, 2)])).toEqual([
    unit('B', 100, 50),
    { name: null, voters: 23, voted: 3 },
  ])
})

test('no unit is lost', () => {
  const units = [3, 5, 1, 12, 90, 9, 10, 11].map((voters, index) =>
    unit(`U${index}`, voters, index % (voters + 1)),
  )
  const sum = (of: readonly { voters: number; voted: number }[]) => [
    of.reduce((total, { voters }) => total + voters, 0),
    of.reduce((total, { voted }) => total + voted, 0),
  ]
  expect(sum(mergeSmall(units))).toEqual(sum(units))
  expect(mergeSmall(units).every(({ voters }) => voters >= smallestUnit)).toBe(true)
})

test('who was struck from the roll is left out, and who was put back counts again', async () => {
  const box = await openedElection({ voters: 3, reserve: 1 })
  try {
    const { work, slug } = box
    const turnout = () => work.read(async (tx) => readTurnout(tx, await findElection(tx, slug)))
    await correct(work, 'strike', '1001')
    await correct(work, 'strike', '1002')
    expect(await turnout()).toMatchObject({ voters: 1, voted: 0 })
    await correct(work, 'add', '1001')
    await issueTokens({ work, group }, { election: slug, out: undefined, reserve: 0, expires: undefined })
    await ingestAll(work, [sealVote(box, 'R-001')])
    expect(await turnout()).toMatchObject({ voters: 2, voted: 1 })
  } finally {
    await box.close()
  }
})

test('who is of no unit is not told by what the units leave over', async () => {
  const draft = await draftElection({ voters: 12 })
  try {
    const { work, slug, folder } = draft
    await work.write('test', async ({ db }) => {
      await db.updateTable('member').set({ region: 'North' }).where('number', '!=', '1001').execute()
    })
    const out = join(folder, 'tokens.csv')
    await issueTokens({ work, group }, { election: slug, out, reserve: 0, expires: undefined })
    const { units } = await work.read(async (tx) => readTurnout(tx, await findElection(tx, slug)))
    expect(units).toEqual([{ unit: 'region', name: null, voters: 12, voted: 0 }])
  } finally {
    await draft.close()
  }
})
