import { expect, test } from 'vitest'
import { parseCanonical } from '../../src/sealing/canonical-json.ts'
import { elementToHex, hashToScalar } from '../../src/sealing/encoding.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { rehearsalFormat, rehearseDecryption, verifyRehearsal } from '../../src/sealing/rehearsal.ts'

const group = await loadGroup()
const uuid = 'YkKYBXQrsbr4Ch'
const secret = group.randomScalar()
const publicKey = group.multiplyBase(secret)

test('a rehearsal shows that the key is known, and is read as it was written', () => {
  const rehearsal = rehearseDecryption(group, { uuid, secret })
  expect(verifyRehearsal(group, { uuid, publicKey }, rehearsal)).toBe(true)
  const format = rehearsalFormat(group)
  expect(parseCanonical(format, format.write(rehearsal))).toEqual({ ok: true, value: rehearsal })
})

test('a rehearsal with another key, or for another election, is none', () => {
  const other = group.randomScalar()
  const rehearsal = rehearseDecryption(group, { uuid, secret })
  expect(verifyRehearsal(group, { uuid, publicKey: group.multiplyBase(other) }, rehearsal)).toBe(false)
  expect(verifyRehearsal(group, { uuid: 'xwCHCEi2NuRXbt', publicKey }, rehearsal)).toBe(false)
  const wrong = { ...rehearsal, factor: group.add(rehearsal.factor, group.base) }
  expect(verifyRehearsal(group, { uuid, publicKey }, wrong)).toBe(false)
})

test('a rehearsal opens nothing: what it decrypts to follows from the public key, which everybody has', () => {
  const { factor } = rehearseDecryption(group, { uuid, secret })
  const known = hashToScalar(group, `rehearsal-alpha|${uuid}|${elementToHex(publicKey)}`)
  expect(factor).toEqual(group.multiply(publicKey, known))
})
