import {
  anotherNumber,
  changedAt,
  held,
  nextDigit,
  noPoint,
  resigned,
  stranger,
  strangersBallot,
  withoutFirst,
  zeroBefore,
} from '../forger.ts'
import { smallElections } from '../small-elections.ts'
import type { TextForgery } from './forgery.ts'

const withBlank = smallElections['with a blank vote']!
const withLists = smallElections['with lists']!

/** A number of one proof of a ballot is another, and the voter signs that. */
const proofForgeries = (
  [
    ['of the total', async () => held, [0, 'overall_proof', 1], 'answers[0].overall_proof'],
    ['of a choice', async () => held, [0, 'individual_proofs', 2, 0], 'answers[0].individual_proofs[2]'],
    ['of knowing a ranking', async () => held, [1, 'proof'], 'answers[1].proof'],
    ['of being blank or not', withBlank, [0, 'blank_proof', 0], 'answers[0].blank_proof'],
    ['of the total or being blank', withBlank, [0, 'overall_proof', 0], 'answers[0].overall_proof'],
    ['of choosing one list', withLists, [0, 'overall_proof'], 'answers[0].overall_proof'],
    ['of choosing somebody of a list', withLists, [0, 'nonzero_proof'], 'answers[0].nonzero_proof'],
    ['of choosing nobody of another list', withLists, [0, 'list_proofs', 1, 0], 'answers[0].list_proofs[1]'],
    [
      'of a choice in a list',
      withLists,
      [0, 'individual_proofs', 1, 0, 1],
      'answers[0].individual_proofs[1][0]',
    ],
  ] as const
).map(
  ([what, election, proof, part]): TextForgery => ({
    does: `forges a ballot’s proof ${what}`,
    election,
    texts: ({ ballots }, election) => {
      const place = ['answers', ...proof, 'challenge']
      return { ballots: ballots.with(1, resigned(election, 1, place, anotherNumber)) }
    },
    check: 'ballots',
    reason: 'wrong-proof',
    place: { height: 2, part },
  }),
)

/** What is put into the box. */
export const ballotForgeries: readonly TextForgery[] = [
  {
    does: 'puts in a ballot of nobody on the list',
    texts: ({ ballots }) => ({ ballots: [...ballots, strangersBallot()] }),
    check: 'ballots',
    reason: 'token-not-of-this-election',
    place: { height: 5, part: 'credential' },
  },
  {
    does: 'puts in a ballot of another election',
    texts: ({ ballots }) => ({ ballots: [...ballots, stranger.texts.ballots[0]!] }),
    check: 'ballots',
    reason: 'other-election',
    place: { height: 5, part: 'election_uuid' },
  },
  {
    does: 'rewrites the text of a ballot',
    texts: ({ ballots }) => ({ ballots: ballots.with(1, ballots[1]!.replace('{', '{ ')) }),
    check: 'ballots',
    reason: 'not-canonical',
    place: { height: 2 },
  },
  {
    does: 'changes a signature',
    texts: ({ ballots }) => ({
      ballots: ballots.with(2, nextDigit(ballots[2]!, /"response":"(\d+)"\}\}\}$/)),
    }),
    check: 'ballots',
    reason: 'wrong-signature',
    place: { height: 3, part: 'signature.proof' },
  },
  {
    does: 'puts in the same ballot twice',
    texts: ({ ballots }) => ({ ballots: [...ballots, ballots[0]!] }),
    check: 'chain',
    reason: 'ballot-repeated',
    place: { height: 5 },
  },
  {
    does: 'puts in a ballot for another text of this election',
    texts: ({ ballots }) => ({
      ballots: ballots.with(
        3,
        resigned(held, 3, ['election_hash'], () => held.sealed.hash.slice(0, 43)),
      ),
    }),
    check: 'ballots',
    reason: 'other-election',
    place: { height: 4, part: 'election_hash' },
  },
  {
    does: 'puts in a ballot that is no JSON',
    texts: ({ ballots }) => ({ ballots: ballots.with(0, ballots[0]!.slice(1)) }),
    check: 'ballots',
    reason: 'not-json',
    place: { height: 1 },
  },
  {
    does: 'puts in a ballot with an answer too few',
    texts: ({ ballots }) => ({
      ballots: ballots.with(
        2,
        resigned(held, 2, ['answers'], (answers) => [(answers as unknown[])[0]]),
      ),
    }),
    check: 'ballots',
    reason: 'wrong-shape',
    place: { height: 3, part: 'answers' },
  },
  {
    does: 'puts in a ballot with a choice too few',
    texts: ({ ballots }) => ({
      ballots: ballots.with(2, resigned(held, 2, ['answers', 0, 'choices'], withoutFirst)),
    }),
    check: 'ballots',
    reason: 'wrong-shape',
    place: { height: 3, part: 'answers[0].choices' },
  },
  {
    does: 'seals a choice as a point that is none',
    texts: ({ ballots }) => ({
      ballots: ballots.with(
        1,
        resigned(held, 1, ['answers', 0, 'choices', 2, 'alpha'], () => noPoint),
      ),
    }),
    check: 'ballots',
    reason: 'not-an-element',
    place: { height: 2, part: 'answers[0].choices[2].alpha' },
  },
  {
    does: 'writes a number of a ballot’s proof with a zero before it',
    texts: ({ ballots }) => ({
      ballots: ballots.with(1, resigned(held, 1, ['answers', 1, 'proof', 'response'], zeroBefore)),
    }),
    check: 'ballots',
    reason: 'not-a-scalar',
    place: { height: 2, part: 'answers[1].proof.response' },
  },
  {
    does: 'signs another ballot than the one put in',
    texts: ({ ballots }) => ({
      ballots: ballots.with(0, changedAt(ballots[0]!, ['answers', 1, 'proof', 'response'], anotherNumber)),
    }),
    check: 'ballots',
    reason: 'wrong-hash',
    place: { height: 1, part: 'signature.hash' },
  },
  ...proofForgeries,
]
