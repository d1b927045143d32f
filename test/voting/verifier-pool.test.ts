import { expect, test } from 'vitest'
import { openVerifierPool, openVerifierThreads } from '../../src/voting/verifier-pool.ts'
import { verifyInProcess } from '../../src/voting/verify-ballots.ts'
import { openedElection, sealVote } from './fixtures.ts'

test('threads say of every ballot, in order, what one thread says', async () => {
  const box = await openedElection({ voters: 5 })
  const sealed = [...box.tokens.keys()].map((number) => sealVote(box, number))
  const ballots = Array.from({ length: 70 }, (_, index) => {
    const ballot = sealed[index % sealed.length]!
    if (index % 7 === 3) return ballot.replace(/"response":"\d+"/, '"response":"5"')
    return index % 11 === 5 ? `${ballot} ` : ballot
  })
  const pool = openVerifierPool()
  const faults = await pool.verify(box.form, ballots)
  expect(faults).toEqual(await verifyInProcess(box.form, ballots))
  expect(faults.filter((fault) => fault !== undefined).length).toBeGreaterThan(10)
  expect(await pool.verify(box.form, ballots.slice(0, 1))).toEqual(faults.slice(0, 1))
  await pool.close()
  await box.close()
})

test('ballots with which a thread cannot cope are the only ones that fail', async () => {
  const box = await openedElection({ voters: 1, contests: 'committee' })
  const good = sealVote(box, '1001')
  const pool = openVerifierThreads()
  const unreadable = { ...box.form, fingerprint: 'another', json: '{}' }
  const [broken, sound] = await Promise.allSettled([
    pool.verify(unreadable, [good]),
    pool.verify(box.form, [...Array(12).fill(good)]),
  ])
  expect(broken).toMatchObject({
    status: 'rejected',
    reason: { message: expect.stringContaining('the election is wrong-shape') },
  })
  expect(sound).toMatchObject({ status: 'fulfilled', value: [...Array(12).fill(undefined)] })
  await pool.close()
  await box.close()
})
