import { elementToHex } from '../../../src/sealing/encoding.ts'
import { trusteeKeys } from '../../../src/sealing/trustee.ts'
import { anotherNumber, changedAt, nextDigit, noPoint, zeroBefore } from '../forger.ts'
import { smallElections } from '../small-elections.ts'
import type { TextForgery } from './forgery.ts'

const threshold = smallElections['with a trustee and two of three others']!

/** What is said of the trustees before anybody votes. */
export const trusteeForgeries: readonly TextForgery[] = [
  {
    does: 'changes a proof of a trustee’s key',
    texts: ({ trustees }) => ({ trustees: nextDigit(trustees, /"response":"(\d+)"/) }),
    check: 'trustees',
    reason: 'wrong-proof',
    place: { part: '[0].pok' },
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
    does: 'lists the trustees in something else than JSON',
    texts: ({ trustees }) => ({ trustees: trustees.slice(1) }),
    check: 'trustees',
    reason: 'not-json',
  },
  {
    does: 'lists the trustees in another way',
    texts: ({ trustees }) => ({ trustees: ` ${trustees}` }),
    check: 'trustees',
    reason: 'not-canonical',
  },
  {
    does: 'gives a trustee a key that is none',
    texts: ({ trustees }) => ({ trustees: changedAt(trustees, [1, 1, 'public_key'], () => noPoint) }),
    check: 'trustees',
    reason: 'not-an-element',
    place: { part: '[1][1].public_key' },
  },
  {
    does: 'writes a number of a trustee’s proof with a zero before it',
    texts: ({ trustees }) => ({ trustees: changedAt(trustees, [1, 1, 'pok', 'challenge'], zeroBefore) }),
    check: 'trustees',
    reason: 'not-a-scalar',
    place: { part: '[1][1].pok.challenge' },
  },
  {
    does: 'changes the certificate of a trustee of a group',
    election: threshold,
    texts: ({ trustees }) => ({
      trustees: changedAt(trustees, [1, 1, 'certs', 2, 'signature', 'response'], anotherNumber),
    }),
    check: 'trustees',
    reason: 'wrong-proof',
    place: { part: '[1].certs[2]' },
  },
  {
    does: 'changes what a trustee of a group is bound to',
    election: threshold,
    texts: ({ trustees }) => ({
      trustees: changedAt(trustees, [1, 1, 'coefexps', 1, 'signature', 'response'], anotherNumber),
    }),
    check: 'trustees',
    reason: 'wrong-proof',
    place: { part: '[1].coefexps[1]' },
  },
  {
    does: 'changes that a trustee of a group agreed to all others',
    election: threshold,
    texts: ({ trustees }) => ({
      trustees: changedAt(trustees, [1, 1, 'signatures', 0, 'response'], anotherNumber),
    }),
    check: 'trustees',
    reason: 'wrong-proof',
    place: { part: '[1].signatures[0]' },
  },
  {
    does: 'changes a proof of a key of a group',
    election: threshold,
    texts: ({ trustees }) => ({
      trustees: changedAt(trustees, [1, 1, 'verification_keys', 2, 'pok', 'response'], anotherNumber),
    }),
    check: 'trustees',
    reason: 'wrong-proof',
    place: { part: '[1].verification_keys[2]' },
  },
  {
    does: 'changes the signature of a key of a group',
    election: threshold,
    texts: ({ trustees }) => ({
      trustees: changedAt(trustees, [1, 1, 'verification_keys', 0, 'signature', 'response'], anotherNumber),
    }),
    check: 'trustees',
    reason: 'wrong-proof',
    place: { part: '[1].verification_keys[0]' },
  },
  {
    does: 'gives a trustee of a group a key that the group did not make',
    election: threshold,
    texts: ({ trustees }, { trustees: [single] }) => ({
      trustees: changedAt(trustees, [1, 1, 'verification_keys', 1, 'public_key'], () =>
        elementToHex(trusteeKeys([single!])[0]!),
      ),
    }),
    check: 'trustees',
    reason: 'wrong-proof',
    place: { part: '[1].verification_keys[1]' },
  },
]
