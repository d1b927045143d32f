import { describe, expect, test } from 'vitest'
import { parseCanonical } from '../../src/sealing/canonical-json.ts'
import { scalarFromDecimal } from '../../src/sealing/encoding.ts'
import { groupOrder } from '../../src/sealing/group.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import {
  generateTrusteeKey,
  proveTrusteeKey,
  readTrusteeSecret,
  trusteePublicKeyFormat,
  verifyTrusteeKey,
} from '../../src/sealing/trustee-key.ts'
import { readPrivateFiles } from '../support/board-files.ts'
import { vectorsFolder } from '../support/corpus.ts'

const group = await loadGroup()
const format = trusteePublicKeyFormat(group)

test('a new key comes with a proof that holds, and is read as it was written', () => {
  const { secret, publicKey } = generateTrusteeKey(group)
  expect(publicKey.public_key).toEqual(group.multiplyBase(secret))
  expect(verifyTrusteeKey(group, publicKey)).toBe(true)
  expect(parseCanonical(format, format.write(publicKey))).toEqual({ ok: true, value: publicKey })
})

test('a key whose secret its owner does not know is refused', () => {
  const { publicKey } = generateTrusteeKey(group)
  const cancelling = group.subtract(group.identity, publicKey.public_key)
  expect(verifyTrusteeKey(group, { ...publicKey, public_key: cancelling })).toBe(false)
  const { challenge, response } = publicKey.pok
  const wrong = { challenge, response: group.addScalars(response, group.one) }
  expect(verifyTrusteeKey(group, { ...publicKey, pok: wrong })).toBe(false)
})

test('a key of zero is refused, though its owner knows it', () => {
  expect(verifyTrusteeKey(group, proveTrusteeKey(group, group.zero))).toBe(false)
})

test.each(['0', '5', String(groupOrder - 1n)])(
  'the private key file "%s" is read digit by digit',
  (digits) => {
    expect(readTrusteeSecret(group, `"${digits}"`)).toEqual(scalarFromDecimal(digits))
  },
)

test.each(['', '5', '"05"', '"-5"', '"0x5"', '"5" "6"', `"${'9'.repeat(76)}"`, `"${groupOrder}"`])(
  'a private key file %j is refused',
  (json) => {
    expect(readTrusteeSecret(group, json)).toBeUndefined()
  },
)

describe.skipIf(vectorsFolder() === undefined)('Belenios', () => {
  test.each(['demo', 'demo-complex', 'demo-l', 'demo-mj', 'demo-nh', 'demo-stv'])(
    'has the same public key for each private one of %s',
    (name) => {
      const secrets = readPrivateFiles(name, '*.privkey')
      const publics = readPrivateFiles(name, '*.pubkey')
      expect(secrets.length).toBeGreaterThan(0)
      for (const [index, json] of publics.entries()) {
        const key = parseCanonical(format, json.trim())
        if (!key.ok) throw new Error(key.malformation.code)
        expect(verifyTrusteeKey(group, key.value)).toBe(true)
        const secret = readTrusteeSecret(group, secrets[index]!)!
        expect(group.multiplyBase(secret)).toEqual(key.value.public_key)
      }
    },
  )
})
