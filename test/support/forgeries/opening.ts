import { groupOrder } from '../../../src/sealing/group.ts'
import {
  anotherNumber,
  changedAt,
  noPoint,
  unshuffled,
  withoutFirst,
  withoutFirstVote,
  zeroBefore,
} from '../forger.ts'
import type { BoardTexts } from '../held-election.ts'
import type { TextForgery } from './forgery.ts'

/** The first trustee's decryption is another. */
function decryptedAs(change: (decryption: string) => string) {
  return ({ decryptions }: BoardTexts): Partial<BoardTexts> => ({
    decryptions: decryptions.with(0, {
      owner: 1,
      partialDecryption: change(decryptions[0]!.partialDecryption),
    }),
  })
}

/** What the trustees open, and what is said of it. */
export const openingForgeries: readonly TextForgery[] = [
  {
    does: 'decrypts what was there before the shuffles',
    texts: ({ decryptions }) => ({ decryptions: decryptions.with(0, unshuffled) }),
    check: 'decryptions',
    reason: 'wrong-proof',
    place: { height: 10, trustee: 1, part: 'decryption_proofs[1][0]' },
  },
  {
    does: 'writes a decryption in another way',
    texts: ({ decryptions: [first, ...others] }) => ({
      decryptions: [{ owner: 1, partialDecryption: ` ${first!.partialDecryption}` }, ...others],
    }),
    check: 'decryptions',
    reason: 'not-canonical',
    place: { height: 10, trustee: 1 },
  },
  {
    does: 'exchanges the decryptions of two trustees',
    texts: ({ decryptions: [a, b] }) => ({
      decryptions: [
        { ...b!, owner: 1 },
        { ...a!, owner: 2 },
      ],
    }),
    check: 'decryptions',
    reason: 'wrong-proof',
    place: { height: 10, trustee: 1, part: 'decryption_proofs[0][0]' },
  },
  {
    does: 'decrypts in the name of nobody',
    texts: ({ decryptions }) => ({ decryptions: decryptions.with(1, { ...decryptions[1]!, owner: 7 }) }),
    check: 'decryptions',
    reason: 'no-such-trustee',
  },
  {
    does: 'decrypts twice in the name of one trustee',
    texts: ({ decryptions }) => ({ decryptions: [decryptions[0]!, unshuffled] }),
    check: 'decryptions',
    reason: 'trustee-twice',
    place: { height: 11, trustee: 1 },
  },
  {
    does: 'decrypts in something else than JSON',
    texts: decryptedAs((decryption) => decryption.slice(1)),
    check: 'decryptions',
    reason: 'not-json',
    place: { height: 10, trustee: 1 },
  },
  {
    does: 'says of a decryption more than there is to say',
    texts: decryptedAs((decryption) => changedAt(decryption, ['note'], () => 1)),
    check: 'decryptions',
    reason: 'wrong-shape',
    place: { height: 10, trustee: 1, part: 'note' },
  },
  {
    does: 'decrypts a total too few',
    texts: decryptedAs((decryption) => changedAt(decryption, ['decryption_factors', 0], withoutFirst)),
    check: 'decryptions',
    reason: 'wrong-shape',
    place: { height: 10, trustee: 1, part: 'decryption_factors' },
  },
  {
    does: 'proves a total too few',
    texts: decryptedAs((decryption) => changedAt(decryption, ['decryption_proofs', 1], withoutFirst)),
    check: 'decryptions',
    reason: 'wrong-shape',
    place: { height: 10, trustee: 1, part: 'decryption_proofs' },
  },
  {
    does: 'decrypts to a point that is none',
    texts: decryptedAs((decryption) => changedAt(decryption, ['decryption_factors', 0, 1], () => noPoint)),
    check: 'decryptions',
    reason: 'not-an-element',
    place: { height: 10, trustee: 1, part: 'decryption_factors[0][1]' },
  },
  {
    does: 'writes a number of a decryption’s proof with a zero before it',
    texts: decryptedAs((decryption) =>
      changedAt(decryption, ['decryption_proofs', 1, 2, 'response'], zeroBefore),
    ),
    check: 'decryptions',
    reason: 'not-a-scalar',
    place: { height: 10, trustee: 1, part: 'decryption_proofs[1][2].response' },
  },
  {
    does: 'changes a proof of a decryption',
    texts: decryptedAs((decryption) =>
      changedAt(decryption, ['decryption_proofs', 1, 2, 'response'], anotherNumber),
    ),
    check: 'decryptions',
    reason: 'wrong-proof',
    place: { height: 10, trustee: 1, part: 'decryption_proofs[1][2]' },
  },
  {
    does: 'leaves out a trustee’s decryption',
    texts: ({ decryptions }) => ({ decryptions: decryptions.slice(1) }),
    check: 'result',
    reason: 'decryptions-missing',
    place: { height: 11 },
  },
  {
    does: 'writes the result in another way',
    texts: ({ result }) => ({ result: ` ${result}` }),
    check: 'result',
    reason: 'not-canonical',
    place: { height: 12 },
  },
  {
    does: 'publishes another total',
    texts: ({ result }) => ({ result: result.replace('[0,2,1]', '[1,1,1]') }),
    check: 'result',
    reason: 'not-what-was-opened',
    place: { height: 12, part: 'result[0][0]' },
  },
  {
    does: 'publishes a total that is right modulo the order of the group only',
    texts: ({ result }) => ({ result: result.replace('[0,2,1]', `[0,"${groupOrder + 2n}",1]`) }),
    check: 'result',
    reason: 'not-what-was-opened',
    place: { part: 'result[0][1]' },
  },
  {
    does: 'publishes another vote',
    texts: ({ result }) => ({ result: result.replace('[1,3,2]', '[3,1,2]') }),
    check: 'result',
    reason: 'not-what-was-opened',
  },
  {
    does: 'leaves a vote out of the result',
    texts: ({ result }) => ({ result: withoutFirstVote(result) }),
    check: 'result',
    reason: 'not-what-was-opened',
    place: { part: 'result[1]' },
  },
  {
    does: 'publishes something else than JSON',
    texts: ({ result }) => ({ result: result.slice(1) }),
    check: 'result',
    reason: 'not-json',
    place: { height: 12 },
  },
  {
    does: 'leaves a question out of the result',
    texts: ({ result }) => ({ result: changedAt(result, ['result'], withoutFirst) }),
    check: 'result',
    reason: 'wrong-shape',
    place: { height: 12, part: 'result' },
  },
]
