import { parentPort } from 'node:worker_threads'
import { faultOfBallot } from '../sealing/crew.ts'
import { parseElection } from '../sealing/election.ts'
import { loadGroup } from '../sealing/group-sodium.ts'
import type { BallotOrder, VerificationOrder, VerificationReply } from './verifier-thread.ts'

/** A thread that verifies ballots of the elections whose texts it is given. */
const group = await loadGroup()
const elections = new Map<string, ReturnType<typeof parseElection>>()

parentPort?.on('message', (order: VerificationOrder) => {
  if ('election' in order) elections.set(order.fingerprint, parseElection(group, order.election))
  else parentPort?.postMessage(verified(order))
})

/** What goes wrong with these ballots is no reason to give up those of others. */
function verified({ id, fingerprint, ballots }: BallotOrder): VerificationReply {
  try {
    const election = elections.get(fingerprint)
    if (election === undefined) throw new Error('ballots came before their election')
    if ('refused' in election) throw new Error(`the election is ${election.refused.code}`)
    return { id, faults: ballots.map((json) => faultOfBallot(group, election, json)) }
  } catch (error) {
    return { id, error }
  }
}
