import { parentPort } from 'node:worker_threads'
import { loadGroup } from '../sealing/group-sodium.ts'
import { type BallotForm, readBallotForm } from './ballot-form.ts'
import type { VerificationOrder, VerificationReply } from './verifier-thread.ts'

/** A thread that verifies ballots of the elections whose texts it is given. */
const group = await loadGroup()
const forms = new Map<string, BallotForm>()

parentPort?.on('message', (order: VerificationOrder) => {
  if ('election' in order) {
    const form = readBallotForm(group, order.election)
    if ('refused' in form) throw new Error(`the election is ${form.refused}`)
    forms.set(order.fingerprint, form)
    return
  }
  const form = forms.get(order.fingerprint)
  if (form === undefined) throw new Error('ballots came before their election')
  const faults = order.ballots.map(form.faultOf)
  parentPort?.postMessage({ id: order.id, faults } satisfies VerificationReply)
})
