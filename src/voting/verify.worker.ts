import { parentPort } from 'node:worker_threads'
import { loadGroup } from '../sealing/group-sodium.ts'
import { readBallotForm } from './ballot-form.ts'
import type { BallotOrder, VerificationOrder, VerificationReply } from './verifier-thread.ts'

/** A thread that verifies ballots of the elections whose texts it is given. */
const group = await loadGroup()
const forms = new Map<string, ReturnType<typeof readBallotForm>>()

parentPort?.on('message', (order: VerificationOrder) => {
  if ('election' in order) forms.set(order.fingerprint, readBallotForm(group, order.election))
  else parentPort?.postMessage(verified(order))
})

/** What goes wrong with these ballots is no reason to give up those of others. */
function verified({ id, fingerprint, ballots }: BallotOrder): VerificationReply {
  try {
    const form = forms.get(fingerprint)
    if (form === undefined) throw new Error('ballots came before their election')
    if ('refused' in form) throw new Error(`the election is ${form.refused}`)
    return { id, faults: ballots.map(form.faultOf) }
  } catch (error) {
    return { id, error }
  }
}
