import { expect, test } from 'vitest'
import { openVerifierPool } from '../../src/voting/verifier-pool.ts'
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
