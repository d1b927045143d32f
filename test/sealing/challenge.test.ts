import { expect, test } from 'vitest'
import { signChallenge, verifyChallenge } from '../../src/sealing/challenge.ts'
import { credentialSecret, generateToken, publicCredential } from '../../src/sealing/credential.ts'
import { elementToHex } from '../../src/sealing/encoding.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { proofFormat, proveKnowledge } from '../../src/sealing/proof.ts'

const group = await loadGroup()
const uuid = 'abcdefghijkmno'
const secret = credentialSecret(group, { uuid, token: generateToken(group) })
const credential = elementToHex(publicCredential(group, secret))
const challenge = `${uuid}.1795252448000.nonce.seal`
const signature = signChallenge(group, { secret, challenge })

test('whoever holds the token signs what is asked, in at most 200 characters', () => {
  expect(verifyChallenge(group, { credential, challenge, signature })).toBe(true)
  expect(signature.length).toBeLessThanOrEqual(200)
})

test('a signature fits no other challenge and no other credential', () => {
  const other = elementToHex(publicCredential(group, group.randomScalar()))
  expect(verifyChallenge(group, { credential, challenge: `${challenge}x`, signature })).toBe(false)
  expect(verifyChallenge(group, { credential: other, challenge, signature })).toBe(false)
})

// Who signed a ballot with that hash, or as a trustee with that key, has not signed this.
test.each([`sig|${challenge}|`, `sigmsg|${challenge}|`, `${challenge}|`])(
  'a signature of another kind is none of a challenge: %s',
  (prefix) => {
    const proof = proofFormat.write(proveKnowledge(group, { secret, bases: [group.base], prefix }))
    expect(verifyChallenge(group, { credential, challenge, signature: proof })).toBe(false)
  },
)

test.each([
  ['nothing', ''],
  ['no JSON', 'signature'],
  ['other fields', '{"challenge":"1"}'],
  ['another spacing', signature.replace(',', ', ')],
  ['a number out of range', `{"challenge":"${'9'.repeat(77)}","response":"1"}`],
])('a signature that is %s is refused', (_name, forged) => {
  expect(verifyChallenge(group, { credential, challenge, signature: forged })).toBe(false)
})

test('a credential that anybody could sign for, or that is none, is refused', () => {
  const identity = elementToHex(group.identity)
  const signed = signChallenge(group, { secret: group.zero, challenge })
  expect(verifyChallenge(group, { credential: identity, challenge, signature: signed })).toBe(false)
  expect(verifyChallenge(group, { credential: 'ff'.repeat(32), challenge, signature })).toBe(false)
  expect(verifyChallenge(group, { credential: '', challenge, signature })).toBe(false)
})
