import {
  anotherNumber,
  changedAt,
  held,
  noPoint,
  rechained,
  stranger,
  weighted,
  withoutFirst,
  zeroBefore,
} from '../forger.ts'
import type { BoardTexts } from '../held-election.ts'
import type { ArchiveForgery, TextForgery } from './forgery.ts'

/** The first trustee's shuffle is another. */
function shuffledAs(change: (shuffle: string) => string) {
  return ({ shuffles }: BoardTexts): Partial<BoardTexts> => ({
    shuffles: shuffles.with(0, { owner: 1, shuffle: change(shuffles[0]!.shuffle) }),
  })
}

/** What is counted, and how it is shuffled. */
export const tallyForgeries: readonly TextForgery[] = [
  {
    does: 'drops the last ballot and counts it all the same',
    texts: ({ ballots }) => ({ ballots: ballots.slice(0, -1) }),
    check: 'tally',
    reason: 'not-the-sum-of-the-ballots',
  },
  {
    does: 'counts the first ballot of a voter instead of the last',
    texts: ({ ballots }) => ({ ballots: [ballots[3]!, ballots[1]!, ballots[2]!, ballots[0]!] }),
    check: 'tally',
    reason: 'not-the-sum-of-the-ballots',
  },
  {
    does: 'says that more ballots were counted',
    texts: ({ tallied }) => ({ tallied: { ...tallied, num_tallied: 4 } }),
    check: 'tally',
    reason: 'wrong-number-of-ballots',
    place: { height: 6, part: 'num_tallied' },
  },
  {
    does: 'says that fewer than none were counted',
    texts: ({ tallied }) => ({ tallied: { ...tallied, num_tallied: -1 } }),
    check: 'tally',
    reason: 'wrong-shape',
    place: { height: 6, part: 'num_tallied' },
  },
  {
    does: 'says that they weigh more',
    election: async () => weighted,
    texts: ({ tallied }) => ({ tallied: { ...tallied, total_weight: 8n } }),
    check: 'tally',
    reason: 'wrong-total-weight',
    place: { part: 'total_weight' },
  },
  {
    does: 'opens the votes without a shuffle',
    texts: () => ({ shuffles: [] }),
    check: 'shuffles',
    reason: 'not-shuffled',
    place: { height: 7 },
  },
  {
    does: 'shuffles twice in the name of one trustee',
    texts: ({ shuffles }) => ({ shuffles: shuffles.map(({ shuffle }) => ({ owner: 1, shuffle })) }),
    check: 'shuffles',
    reason: 'trustee-twice',
    place: { height: 8, trustee: 1 },
  },
  {
    does: 'shuffles in the name of nobody',
    texts: ({ shuffles }) => ({ shuffles: shuffles.with(1, { ...shuffles[1]!, owner: 3 }) }),
    check: 'shuffles',
    reason: 'no-such-trustee',
    place: { height: 8, trustee: 3 },
  },
  {
    does: 'turns the order of the shuffles',
    texts: ({ shuffles }) => ({ shuffles: shuffles.toReversed() }),
    check: 'shuffles',
    reason: 'commitment-chain',
    place: { height: 7, trustee: 2, question: 2 },
  },
  {
    does: 'takes the shuffles of another election',
    texts: () => ({ shuffles: stranger.texts.shuffles }),
    check: 'shuffles',
    reason: 'commitment-chain',
    place: { height: 7, trustee: 1, question: 2 },
  },
  {
    does: 'writes a shuffle in another way',
    texts: ({ shuffles }) => ({
      shuffles: shuffles.with(0, { owner: 1, shuffle: ` ${shuffles[0]!.shuffle}` }),
    }),
    check: 'shuffles',
    reason: 'not-canonical',
  },
  {
    does: 'shuffles where there is nothing to shuffle',
    election: async () => weighted,
    texts: () => ({ shuffles: held.texts.shuffles.slice(0, 1) }),
    check: 'shuffles',
    reason: 'nothing-to-shuffle',
  },
  {
    does: 'shuffles in something else than JSON',
    texts: shuffledAs((shuffle) => shuffle.slice(1)),
    check: 'shuffles',
    reason: 'not-json',
    place: { height: 7, trustee: 1 },
  },
  {
    does: 'leaves the proofs of a shuffle out',
    texts: shuffledAs((shuffle) => changedAt(shuffle, ['proofs'], () => undefined)),
    check: 'shuffles',
    reason: 'wrong-shape',
    place: { height: 7, trustee: 1, part: 'proofs' },
  },
  {
    does: 'shuffles into a point that is none',
    texts: shuffledAs((shuffle) => changedAt(shuffle, ['ciphertexts', 0, 2, 'beta'], () => noPoint)),
    check: 'shuffles',
    reason: 'not-an-element',
    place: { height: 7, trustee: 1, part: 'ciphertexts[0][2].beta' },
  },
  {
    does: 'writes a number of a shuffle’s proof with a zero before it',
    texts: shuffledAs((shuffle) => changedAt(shuffle, ['proofs', 0, 1, 3], zeroBefore)),
    check: 'shuffles',
    reason: 'not-a-scalar',
    place: { height: 7, trustee: 1, part: 'proofs[0][1][3]' },
  },
  {
    does: 'shuffles no question',
    texts: shuffledAs(() => '{"ciphertexts":[],"proofs":[]}'),
    check: 'shuffles',
    reason: 'wrong-number-of-questions',
    place: { height: 7, trustee: 1 },
  },
  {
    does: 'proves no question that is shuffled',
    texts: shuffledAs((shuffle) => changedAt(shuffle, ['proofs'], () => [])),
    check: 'shuffles',
    reason: 'wrong-number-of-questions',
    place: { height: 7, trustee: 1 },
  },
  {
    does: 'drops a ballot in a shuffle',
    texts: shuffledAs((shuffle) => changedAt(shuffle, ['ciphertexts', 0], withoutFirst)),
    check: 'shuffles',
    reason: 'wrong-size',
    place: { height: 7, trustee: 1, question: 2 },
  },
  ...(
    [
      ['that what is shuffled is a permutation', 0, 'permutation-sum'],
      ['that it is one of as many', 1, 'permutation-product'],
      ['that it is the one committed to', 2, 'permutation-commitment'],
      ['that the ballots are those before', 3, 're-encryption'],
    ] as const
  ).map(
    ([what, number, reason]): TextForgery => ({
      does: `forges the part of a shuffle’s proof ${what}`,
      texts: shuffledAs((shuffle) => changedAt(shuffle, ['proofs', 0, 1, number], anotherNumber)),
      check: 'shuffles',
      reason,
      place: { height: 7, trustee: 1, question: 2 },
    }),
  ),
]

/** What is said of the tally beside it is another. */
function sizedAs(change: (sized: string) => string): () => Uint8Array {
  return () => rechained(held.texts, 6, ([tally, sized]) => [tally!, change(sized!)])
}

/** What is said of the tally. */
export const sizeForgeries: readonly ArchiveForgery[] = [
  {
    does: 'says in something else than JSON how many ballots were counted',
    archive: sizedAs((sized) => sized.slice(1)),
    check: 'tally',
    reason: 'not-json',
    place: { height: 6 },
  },
  {
    does: 'says in another way how many ballots were counted',
    archive: sizedAs((sized) => sized.replace('3', ' 3')),
    check: 'tally',
    reason: 'not-canonical',
    place: { height: 6 },
  },
  {
    does: 'names another tally than the one beside it',
    archive: sizedAs((sized) => changedAt(sized, ['encrypted_tally'], () => '0'.repeat(64))),
    check: 'tally',
    reason: 'another-tally-is-named',
    place: { height: 6, part: 'encrypted_tally' },
  },
]
