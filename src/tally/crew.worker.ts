import { parentPort } from 'node:worker_threads'
import { crewOfOne } from '../sealing/crew.ts'
import { parseElection, type SealedElection } from '../sealing/election.ts'
import type { Element, Scalar } from '../sealing/group.ts'
import { loadGroup } from '../sealing/group-sodium.ts'
import { packed, unpacked } from './packed.ts'

/** What a thread of a crew is asked. Points and scalars are 32 bytes each, in one row. */
export type Order =
  | { readonly kind: 'multiply-base'; readonly scalars: Uint8Array<ArrayBuffer> }
  | {
      readonly kind: 'multiply' | 'sum'
      readonly points: Uint8Array
      readonly scalars: Uint8Array<ArrayBuffer>
    }
  | { readonly kind: 'are-elements'; readonly points: Uint8Array }
  | { readonly kind: 'verify-ballots'; readonly election: string; readonly ballots: readonly string[] }

export interface Reply {
  readonly id: number
  readonly answer: unknown
}

const group = await loadGroup()
const alone = crewOfOne(group)
let known: SealedElection | undefined

async function answerTo(order: Order): Promise<unknown> {
  switch (order.kind) {
    case 'multiply-base':
      return packed(await alone.multiplyBase(unpacked<Scalar>(order.scalars)))
    case 'multiply':
      return packed(await alone.multiply(unpacked<Element>(order.points), unpacked<Scalar>(order.scalars)))
    case 'sum': {
      const scalars = unpacked<Scalar>(order.scalars)
      return alone.sum(unpacked<Element>(order.points).map((point, i) => ({ point, scalar: scalars[i]! })))
    }
    case 'are-elements':
      return alone.areElements(unpacked<Element>(order.points))
    case 'verify-ballots':
      return alone.verifyBallots(electionOf(order.election), order.ballots)
  }
}

function electionOf(json: string): SealedElection {
  if (known?.json === json) return known
  const election = parseElection(group, json)
  if ('refused' in election) throw new Error(`the election is ${election.refused.code}`)
  known = election
  return election
}

parentPort?.on('message', async ({ id, order }: { id: number; order: Order }) => {
  const answer = await answerTo(order)
  if ('scalars' in order) group.wipe(order.scalars)
  parentPort?.postMessage({ id, answer } satisfies Reply)
})
