import { parentPort } from 'node:worker_threads'
import { parseElection, type SealedElection } from '../sealing/election.ts'
import { loadGroup } from '../sealing/group-sodium.ts'
import type { VerificationOrder, VerificationReply } from './verifier-thread.ts'
import { faultOfBallot } from './verify-ballots.ts'

/** A thread that verifies ballots of the elections whose texts it is given. */
const group = await loadGroup()
const elections = new Map<string, SealedElection>()

parentPort?.on('message', (order: VerificationOrder) => {
  if ('election' in order) {
    const election = parseElection(group, order.election)
    if ('refused' in election) throw new Error(`the election is ${election.refused.code}`)
    elections.set(order.fingerprint, election)
    return
  }
  const election = elections.get(order.fingerprint)
  if (election === undefined) throw new Error('ballots came before their election')
  const faults = order.ballots.map((json) => faultOfBallot(group, election, json))
  parentPort?.postMessage({ id: order.id, faults } satisfies VerificationReply)
})
