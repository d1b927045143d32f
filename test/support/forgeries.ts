import { groupOrder } from '../../src/sealing/group.ts'
import {
  held,
  nextDigit,
  reordered,
  stranger,
  strangersBallot,
  unshuffled,
  weighted,
  withIdentity,
  withoutFirstVote,
} from './forger.ts'
import type { BoardTexts, HeldElection } from './held-election.ts'

/** What the forger writes on a board that is otherwise chained and written as it should be. */
export interface Forgery {
  readonly does: string
  readonly election?: HeldElection
  readonly texts: (texts: BoardTexts) => Partial<BoardTexts>
  readonly check: string
  readonly reason: string
  readonly place?: object
}

export const forgeries: Forgery[] = [
  {
    does: 'lets voters choose more answers than there are',
    texts: ({ election }) => ({ election: election.replace('"max":2', '"max":4') }),
    check: 'election',
    reason: 'more-choices-than-answers',
    place: { question: 1, part: 'questions[0]' },
  },
  {
    does: 'asks for more choices than it allows',
    texts: ({ election }) => ({ election: election.replace('"min":0', '"min":3') }),
    check: 'election',
    reason: 'wrong-shape',
  },
  {
    does: 'uses another group',
    texts: ({ election }) => ({ election: election.replace('Ed25519', 'RFC-3526-2048') }),
    check: 'election',
    reason: 'wrong-shape',
    place: { part: 'group' },
  },
  {
    does: 'changes a proof of a trustee’s key',
    texts: ({ trustees }) => ({ trustees: nextDigit(trustees, /"response":"(\d+)"/) }),
    check: 'trustees',
    reason: 'wrong-proof',
    place: { part: '[0].pok' },
  },
  {
    does: 'leaves out a trustee',
    texts: ({ trustees }) => ({ trustees: JSON.stringify(JSON.parse(trustees).slice(1)) }),
    check: 'public-key',
    reason: 'not-the-sum-of-the-trustees',
    place: { part: 'public_key' },
  },
  {
    does: 'gives a trustee’s key a signature that nobody verifies',
    texts: ({ trustees }) => ({
      trustees: trustees.replace(/"pok":(\{[^}]*\}),("public_key":"\w+")/, '"pok":$1,$2,"signature":$1'),
    }),
    check: 'trustees',
    reason: 'wrong-shape',
    place: { part: '[0][1].signature' },
  },
  { does: 'has no trustee', texts: () => ({ trustees: '[]' }), check: 'trustees', reason: 'no-trustees' },
  {
    does: 'lists its tokens in the order they were made',
    texts: ({ credentials }) => ({ credentials: reordered(credentials) }),
    check: 'tokens',
    reason: 'not-sorted',
  },
  {
    does: 'lists a token twice',
    texts: ({ credentials }) => ({ credentials: credentials.replace(/\["(\w+)"/, '["$1","$1"') }),
    check: 'tokens',
    reason: 'wrong-shape',
    place: { part: '[1]' },
  },
  {
    does: 'lists a token that everybody has, as its secret is zero',
    texts: ({ credentials }) => ({ credentials: withIdentity(credentials) }),
    check: 'tokens',
    reason: 'not-an-element',
    place: { part: '[0]' },
  },
  {
    does: 'gives a weight to one token only',
    texts: ({ credentials }) => ({ credentials: credentials.replace(/\["(\w+)"/, '["$1,1"') }),
    check: 'tokens',
    reason: 'weights-for-some-only',
  },
  {
    does: 'gives weights to votes that are opened one by one',
    texts: ({ credentials }) => ({ credentials: credentials.replaceAll(/"(\w+)"/g, '"$1,2"') }),
    check: 'tokens',
    reason: 'weight-would-name-a-vote',
    place: { part: '[0]' },
  },
  {
    does: 'takes away a vote with a weight of zero',
    election: weighted,
    texts: ({ credentials }) => ({ credentials: credentials.replace(',5"', ',0"') }),
    check: 'tokens',
    reason: 'weight-zero',
  },
  {
    does: 'lets weights add up beyond the order of the group, where they count backwards',
    election: weighted,
    texts: ({ credentials }) => ({ credentials: credentials.replace(',5"', `,${groupOrder - 1n}"`) }),
    check: 'tokens',
    reason: 'weights-too-large',
    place: { height: 0 },
  },
  {
    does: 'lets weights add up to the order of the group, where they count nothing',
    election: weighted,
    texts: ({ credentials }) => ({ credentials: credentials.replace(',5"', `,${groupOrder - 2n}"`) }),
    check: 'tokens',
    reason: 'weights-too-large',
  },
  {
    does: 'gives a token a weight that is no number of the group',
    election: weighted,
    texts: ({ credentials }) => ({ credentials: credentials.replace(',5"', `,${'9'.repeat(76)}"`) }),
    check: 'tokens',
    reason: 'weights-too-large',
  },
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
    election: weighted,
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
    election: weighted,
    texts: () => ({ shuffles: held.texts.shuffles.slice(0, 1) }),
    check: 'shuffles',
    reason: 'nothing-to-shuffle',
  },
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
    does: 'leaves out a trustee’s decryption',
    texts: ({ decryptions }) => ({ decryptions: decryptions.slice(1) }),
    check: 'result',
    reason: 'decryptions-missing',
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
]
