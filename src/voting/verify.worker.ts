import { parentPort, workerData } from 'node:worker_threads'
import { parseElection } from '../sealing/election.ts'
import { loadGroup } from '../sealing/group-sodium.ts'
import type { VerificationReply, VerificationRequest } from './verifier-pool.ts'
import { faultOfBallot } from './verify-ballots.ts'

/** A thread that verifies ballots of the election whose text it was started with. */
const group = await loadGroup()
const election = parseElection(group, workerData as string)
if ('refused' in election) throw new Error(`the election is ${election.refused.code}`)

parentPort?.on('message', ({ id, ballots }: VerificationRequest) => {
  const reply: VerificationReply = {
    id,
    faults: ballots.map((json) => faultOfBallot(group, election, json)),
  }
  parentPort?.postMessage(reply)
})
