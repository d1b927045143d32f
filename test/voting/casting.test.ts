import { afterEach, describe, expect, test } from 'vitest'
import { type Casting, openCasting } from '../../src/voting/casting.ts'
import { expectSoundBox } from '../support/box-check.ts'
import { group, type Opened, openedElection, sealVote } from './fixtures.ts'

let box: Opened
let casting: Casting
afterEach(async () => {
  await casting.close()
  await box.close()
})

async function opened(options: Parameters<typeof openedElection>[0] = {}): Promise<void> {
  box = await openedElection({ contests: 'committee', ...options })
  casting = openCasting({ work: box.work, group })
}

function cast(ballot: string) {
  return casting.cast(box.slug, { ballot, address: '192.0.2.7' })
}

describe('the same token from 50 connections', () => {
  test('where only one ballot is allowed, one is accepted and 49 are told so', async () => {
    await opened({ recast: 'refuse' })
    const ballots = Array.from({ length: 50 }, () => sealVote(box, '1001'))
    const verdicts = await Promise.all(ballots.map(cast))
    expect(verdicts.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(1)
    expect(
      verdicts.filter((each) => each.outcome === 'refused' && each.code === 'recast-not-allowed'),
    ).toHaveLength(49)
    expect(await expectSoundBox(box.work, group)).toHaveLength(1)
  })

  test('where voters may vote again, all are accepted and one is effective', async () => {
    await opened()
    const ballots = Array.from({ length: 50 }, () => sealVote(box, '1001'))
    const verdicts = await Promise.all(ballots.map(cast))
    expect(verdicts.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(1)
    expect(verdicts.filter(({ outcome }) => outcome === 'recast')).toHaveLength(49)
    expect(await expectSoundBox(box.work, group)).toHaveLength(50)
  })

  test('the same ballot from all is in the box once', async () => {
    await opened()
    const ballot = sealVote(box, '1001')
    const verdicts = await Promise.all(Array.from({ length: 50 }, () => cast(ballot)))
    expect(verdicts.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(1)
    expect(verdicts.filter(({ outcome }) => outcome === 'already')).toHaveLength(49)
    expect(await expectSoundBox(box.work, group)).toHaveLength(1)
  })
})
