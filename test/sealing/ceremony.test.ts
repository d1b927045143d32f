import { describe, expect, test } from 'vitest'
import { type Format, parseCanonical } from '../../src/sealing/canonical-json.ts'
import { ceremonyKeys, generateSeed, isSeed } from '../../src/sealing/ceremony-keys.ts'
import { certificateFormat, isCertificateRight, makeCertificate } from '../../src/sealing/certificate.ts'
import { elementToHex } from '../../src/sealing/encoding.ts'
import { groupOrder } from '../../src/sealing/group.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { makePolynomial, polynomialFault, polynomialFormat } from '../../src/sealing/polynomial.ts'
import { proofFormat } from '../../src/sealing/proof.ts'
import { isSealedMessage, openMessage, sealFor, sealMessage } from '../../src/sealing/sealed-message.ts'
import {
  makeShareOutput,
  openShareOutput,
  receiveShare,
  shareInputFormat,
  shareInputs,
  shareOutputFault,
  shareOutputFormat,
} from '../../src/sealing/share.ts'
import { signText } from '../../src/sealing/signed-message.ts'
import {
  findWrongThresholdPart,
  thresholdParameters,
  thresholdParametersFormat,
} from '../../src/sealing/threshold.ts'
import { readBoardFiles, readPrivateFiles } from '../support/board-files.ts'
import { honestCeremony } from '../support/ceremony.ts'
import { vectorsFolder } from '../support/corpus.ts'
import { findOracle } from '../support/oracle.ts'

const group = await loadGroup()

function read<T>(format: Format<T>, json: string): T {
  const reading = parseCanonical(format, json.trim())
  if (!reading.ok) throw new Error(`${reading.malformation.code} at ${reading.malformation.place}`)
  return reading.value
}

test.each([
  [1, 1],
  [1, 3],
  [2, 3],
  [3, 5],
])('a ceremony of %i of %i trustees ends in parameters that hold', async (threshold, size) => {
  const ceremony = await honestCeremony(group, { size, threshold })
  const parameters = thresholdParameters(ceremony)
  expect(findWrongThresholdPart(group, parameters)).toBeUndefined()
  const format = thresholdParametersFormat(group)
  expect(read(format, format.write(parameters))).toEqual(parameters)
})

test('a message is read by its recipient alone, and only as from its sender', async () => {
  const [ruth, sam, tess] = (await honestCeremony(group, { size: 3, threshold: 2 })).keys
  const sealed = await sealMessage(
    group,
    { signing: ruth!.signing, recipient: sam!.encryption },
    'Your share: ½',
  )
  const open = (decryption: typeof sam, sender: typeof ruth, text = sealed) =>
    openMessage(group, { decryption: decryption!.decryption, sender: sender!.verification }, text)
  expect(await open(sam, ruth)).toEqual({ message: 'Your share: ½' })
  expect(await open(sam, tess)).toEqual({ refused: 'not-signed' })
  expect(await open(tess, ruth)).toEqual({ refused: 'unreadable' })
  expect(await open(sam, ruth, sealed.replace('AES-GCM', 'AES-CBC'))).toEqual({ refused: 'malformed' })
  const bitten = sealed.replace(/(..)"}$/, (_, byte: string) => `${byte === '00' ? '01' : '00'}"}`)
  expect(isSealedMessage(group, bitten)).toBe(true)
  expect(await open(sam, ruth, bitten)).toEqual({ refused: 'unreadable' })
})

test.each([
  ['half a byte', (data: string) => data.slice(1)],
  ['a letter before them', (data: string) => `x${data}`],
  ['a letter behind them', (data: string) => `${data}x`],
])('what has %s in the place of whole bytes is no message', async (_, spoil) => {
  const [ruth] = (await honestCeremony(group, { size: 1, threshold: 1 })).keys
  const sealed = await sealFor(group, ruth!.encryption, 'text')
  const spoilt = sealed.replace(/"data":"(\w+)"/, (_, data: string) => `"data":"${spoil(data)}"`)
  expect([isSealedMessage(group, sealed), isSealedMessage(group, spoilt)]).toEqual([true, false])
})

test('a message that its recipient seals anew for another is found out', async () => {
  const [ruth, sam, tess] = (await honestCeremony(group, { size: 3, threshold: 2 })).keys
  // What Sam finds in a message of Ruth's: signed by her, but naming Sam.
  const message = `{"recipient":"${elementToHex(sam!.encryption)}","message":"a share"}`
  const signature: unknown = JSON.parse(proofFormat.write(signText(group, ruth!.signing, message)))
  const handedOn = await sealFor(group, tess!.encryption, JSON.stringify({ message, signature }))
  const end = { decryption: tess!.decryption, sender: ruth!.verification }
  expect(await openMessage(group, end, handedOn)).toEqual({ refused: 'for-another' })
})

describe('a trustee who lies in the ceremony is known by its place', () => {
  test('by a certificate for another place, group or threshold, or with a signature that is not its own', async () => {
    const { certs } = await honestCeremony(group, { size: 3, threshold: 2 })
    const place = { size: 3, threshold: 2, index: 1 }
    expect(isCertificateRight(group, certs[0]!, place)).toBe(true)
    for (const other of [{ size: 4 }, { threshold: 3 }, { index: 2 }]) {
      expect(isCertificateRight(group, certs[0]!, { ...place, ...other })).toBe(false)
    }
    const { signature } = certs[1]!
    expect(isCertificateRight(group, { ...certs[0]!, signature }, place)).toBe(false)
  })

  test('by commitments or a signature that are not its own, and by too few shares', async () => {
    const { certs, polynomials } = await honestCeremony(group, { size: 3, threshold: 2 })
    const [first, second] = polynomials as [(typeof polynomials)[0], (typeof polynomials)[0]]
    const at = { certs, index: 1 }
    expect(polynomialFault(group, at, first)).toBeUndefined()
    expect(polynomialFault(group, at, { ...first, coefexps: second.coefexps })).toBe('commitments-not-signed')
    expect(polynomialFault(group, at, { ...first, signature: second.signature })).toBe(
      'other-certificates-signed',
    )
    expect(polynomialFault(group, at, { ...first, secrets: first.secrets.slice(1) })).toBe('too-few-shares')
    expect(polynomialFault(group, at, { ...first, secrets: ['', '', ''] })).toBe('unreadable-share')
    const { content } = first.coefexps
    const short = { ...first.coefexps, content: { coefexps: content.coefexps.slice(1) } }
    expect(polynomialFault(group, at, { ...first, coefexps: short })).toBe('wrong-number-of-commitments')
  })

  test('by a list of certificates that differs from what the others saw', async () => {
    const shown = await honestCeremony(group, { size: 3, threshold: 2 })
    const other = await honestCeremony(group, { size: 3, threshold: 2 })
    const keys = shown.keys[0]!
    const certs = [shown.certs[0]!, other.certs[1]!, shown.certs[2]!]
    const polynomial = await makePolynomial(group, { keys, certs })
    expect(polynomialFault(group, { certs: shown.certs, index: 1 }, polynomial)).toBe(
      'other-certificates-signed',
    )
  })

  test('by a share that does not follow from what it committed to, or that nobody can read', async () => {
    const { keys, certs, polynomials } = await honestCeremony(group, { size: 3, threshold: 2 })
    const another = await makePolynomial(group, { keys: keys[1]!, certs })
    const [input] = shareInputs(polynomials)
    const receive = (secret: string) =>
      receiveShare(group, {
        ...{ keys: keys[0]!, certs },
        input: { ...input!, secrets: input!.secrets.with(1, secret) },
      })
    expect(await receive(another.secrets[0]!)).toEqual({ refused: 'share-wrong', trustee: 2 })
    expect(await receive(polynomials[1]!.secrets[2]!)).toEqual({ refused: 'share-unreadable', trustee: 2 })
    expect(await receive(polynomials[2]!.secrets[0]!)).toEqual({ refused: 'share-unreadable', trustee: 2 })
  })

  test('by a public key that is not the committed one, not signed, or not proven', async () => {
    const { keys, certs, polynomials, shares } = await honestCeremony(group, { size: 3, threshold: 2 })
    const at = { certs, commitments: polynomials.map(({ coefexps }) => coefexps.content), index: 1 }
    const output = await makeShareOutput(group, { keys: keys[0]!, share: shares[0]! })
    const other = await makeShareOutput(group, { keys: keys[1]!, share: shares[1]! })
    expect(shareOutputFault(group, at, output)).toBeUndefined()
    expect(shareOutputFault(group, at, other)).toBe('not-the-committed-key')
    const { signature, ...unsigned } = output.public_key
    expect(shareOutputFault(group, at, { public_key: unsigned })).toBe('key-not-signed')
    const { pok } = other.public_key
    expect(shareOutputFault(group, at, { public_key: { ...output.public_key, pok } })).toBe('key-not-proven')
    expect(signature).toBeDefined()
  })

  test('and an officer who hands on too little, or what was sent to another, is refused', async () => {
    const { keys, certs, polynomials } = await honestCeremony(group, { size: 3, threshold: 2 })
    const stranger = (await honestCeremony(group, { size: 3, threshold: 2 })).keys[0]!
    const [input, second] = shareInputs(polynomials)
    const receive = (own: typeof stranger, given = input!) =>
      receiveShare(group, { keys: own, certs, input: given })
    const [own, other] = keys as [typeof stranger, typeof stranger]
    for (const outsider of [
      stranger,
      { ...own, verification: other.verification },
      { ...own, encryption: other.encryption },
    ]) {
      expect(await receive(outsider)).toEqual({ refused: 'not-in-group' })
    }
    for (const missing of [{ secrets: [] }, { coefexps: [] }, { signatures: [] }]) {
      expect(await receive(own, { ...input!, ...missing })).toEqual({ refused: 'incomplete' })
    }
    const nothing = { ...input!, secrets: [], coefexps: [], signatures: [] }
    expect(await receiveShare(group, { keys: own, certs: [], input: nothing })).toEqual({
      refused: 'incomplete',
    })
    expect(await receive(keys[0]!, { ...input!, polynomial: second!.polynomial })).toEqual({
      refused: 'not-own-polynomial',
    })
    const { signatures } = input!
    expect(await receive(keys[0]!, { ...input!, signatures: signatures.with(1, signatures[0]!) })).toEqual({
      refused: 'other-certificates-signed',
      trustee: 2,
    })
    expect(
      await receiveShare(group, { keys: keys[0]!, certs: certs.with(0, certs[1]!), input: input! }),
    ).toEqual({ refused: 'certificate-wrong', trustee: 1 })
  })
})

test('a trustee takes no polynomial for its own but the one that it committed to', async () => {
  const { keys, certs, polynomials } = await honestCeremony(group, { size: 2, threshold: 2 })
  const [own, other] = keys as [(typeof keys)[0], (typeof keys)[0]]
  const short = await honestCeremony(group, { size: 2, threshold: 1 })
  const toMyself = { signing: own.signing, recipient: own.encryption }
  const [input] = shareInputs(polynomials)
  for (const polynomial of [
    (await makePolynomial(group, { keys: own, certs })).polynomial,
    (await makePolynomial(group, { keys: own, certs: short.certs })).polynomial,
    await sealMessage(group, { ...toMyself, signing: other.signing }, '{"polynomial":["1","2"]}'),
    await sealMessage(group, toMyself, '{"polynomial":["01","2"]}'),
    await sealMessage(group, toMyself, '{"secret":"1"}'),
    await sealFor(group, own.encryption, 'nobody signed this'),
  ]) {
    expect(await receiveShare(group, { keys: own, certs, input: { ...input!, polynomial } })).toEqual({
      refused: 'not-own-polynomial',
    })
  }
})

test('a share that is no number below the order of the group is not read', async () => {
  const { keys, certs, polynomials } = await honestCeremony(group, { size: 2, threshold: 2 })
  const [own, other] = keys as [(typeof keys)[0], (typeof keys)[0]]
  const [input] = shareInputs(polynomials)
  for (const message of [
    '{"secret":"01"}',
    `{"secret":"${groupOrder}"}`,
    '{"secret":"x"}',
    '{"share":"1"}',
  ]) {
    const sealed = await sealMessage(group, { signing: other.signing, recipient: own.encryption }, message)
    const secrets = input!.secrets.with(1, sealed)
    expect(await receiveShare(group, { keys: own, certs, input: { ...input!, secrets } })).toEqual({
      ...{ refused: 'share-unreadable', trustee: 2 },
    })
  }
})

test('a trustee opens its share of the key again, and nobody else does', async () => {
  const { keys, outputs, shares } = await honestCeremony(group, { size: 2, threshold: 2 })
  const [own, other] = keys as [(typeof keys)[0], (typeof keys)[0]]
  const sealed = outputs[0]!.private_key
  expect(await openShareOutput(group, own, sealed)).toEqual(shares[0])
  expect(await openShareOutput(group, other, sealed)).toBeUndefined()
  for (const message of ['{"decryption_key":"01"}', `{"decryption_key":"${groupOrder}"}`, '{}']) {
    const spoilt = await sealMessage(group, { signing: own.signing, recipient: own.encryption }, message)
    expect(await openShareOutput(group, own, spoilt)).toBeUndefined()
  }
})

test('a message that nobody signed is none', async () => {
  const [ruth, sam] = (await honestCeremony(group, { size: 2, threshold: 1 })).keys
  const end = { decryption: sam!.decryption, sender: ruth!.verification }
  expect(await openMessage(group, end, await sealFor(group, sam!.encryption, 'from Ruth'))).toEqual({
    refused: 'malformed',
  })
})

describe.skipIf(vectorsFolder() === undefined)('the ceremony of Belenios', () => {
  /** In the order of the trustees. */
  function ceremony() {
    const lines = (name: string) => readPrivateFiles('demo-threshold', name)[0]!.trim().split('\n')
    const ids = readPrivateFiles('demo-threshold', '*.trustee').map((id) => id.trim())
    const files = (kind: string) => ids.map((id) => readPrivateFiles('demo-threshold', `${id}.${kind}`)[0]!)
    return {
      certs: lines('certs.jsons').map((json) => read(certificateFormat(group), json)),
      polynomials: lines('polynomials.jsons').map((json) => read(polynomialFormat(group), json)),
      seeds: files('key').map((seed) => seed.trim()),
      inputs: files('vinput').map((json) => read(shareInputFormat(group), json)),
      outputs: files('voutput').map((json) => read(shareOutputFormat(group), json)),
      encryptedShares: files('dkey').map((json) => json.trim()),
    }
  }

  test('is accepted message by message, and leads to the shares that it published', async () => {
    const { certs, polynomials, seeds, inputs, outputs, encryptedShares } = ceremony()
    expect(seeds.every(isSeed)).toBe(true)
    expect(shareInputs(polynomials)).toEqual(inputs)
    for (const [position, seed] of seeds.entries()) {
      const index = position + 1
      const keys = ceremonyKeys(group, seed)
      expect(isCertificateRight(group, certs[position]!, { size: 3, threshold: 2, index })).toBe(true)
      expect(polynomialFault(group, { certs, index }, polynomials[position]!)).toBeUndefined()
      const received = await receiveShare(group, { keys, certs, input: inputs[position]! })
      if ('refused' in received) throw new Error(received.refused)
      const output = outputs[position]!
      expect(group.multiplyBase(received.share)).toEqual(output.public_key.public_key)
      expect(await openShareOutput(group, keys, output.private_key)).toEqual(received.share)
      expect(output.private_key).toBe(encryptedShares[position])
      const commitments = polynomials.map(({ coefexps }) => coefexps.content)
      expect(shareOutputFault(group, { certs, commitments, index }, output)).toBeUndefined()
    }
  })

  test('ends in the parameters that its archive has, byte for byte', () => {
    const text = thresholdParametersFormat(group).write(thresholdParameters(ceremony()))
    expect(readBoardFiles('demo-threshold').trustees).toContain(`["Pedersen",${text}]`)
  })
})

const oracle = findOracle()

describe.skipIf(oracle === undefined)('belenios-tool', () => {
  const command = ['setup', 'generate-trustee-key-threshold', '--group=Ed25519'] as const
  const lines = (values: readonly string[]) => values.map((value) => `${value}\n`).join('')

  test('accepts what our trustees send, and makes the same parameters of it', async () => {
    const tool = oracle!.beleniosTool()
    try {
      const { certs, polynomials, outputs } = await honestCeremony(group, { size: 3, threshold: 2 })
      const [certificate, polynomial, output] = [
        certificateFormat(group),
        polynomialFormat(group),
        shareOutputFormat(group),
      ]
      tool.write('certs.jsons', lines(certs.map((each) => certificate.write(each))))
      tool.write('polynomials.jsons', lines(polynomials.map((each) => polynomial.write(each))))
      const files = ['--certs=certs.jsons', '--polynomials=polynomials.jsons']
      tool.run([...command, '--step=4', ...files])
      const [id] = tool.names('.vinput')
      expect(shareInputs(polynomials)).toContainEqual(read(shareInputFormat(group), tool.read(id!)))
      const input = lines(outputs.map((each) => output.write(each)))
      const theirs = tool.run([...command, '--step=6', ...files], { input })
      const ours = thresholdParameters({ certs, polynomials, outputs })
      expect(theirs.trim()).toBe(thresholdParametersFormat(group).write(ours))
    } finally {
      tool.close()
    }
  })

  // Before 3.3.0 messages among trustees were sealed in another way, which has no name in them.
  test.skipIf(oracle !== undefined && !oracle.sealsWithGcm())(
    'and we hold one ceremony together',
    async () => {
      const tool = oracle!.beleniosTool()
      try {
        const seed = generateSeed(group)
        const keys = ceremonyKeys(group, seed)
        const ours = makeCertificate(group, { keys, place: { size: 3, threshold: 2, index: 2 } })
        const place = (index: number) => `--threshold-context=${index}/2/3`
        const certificates = [1, 2, 3].map((index) => {
          if (index === 2) return certificateFormat(group).write(ours)
          const id = tool.run([...command, '--step=1', place(index)]).trim()
          tool.write(`${index}.key`, tool.read(`${id}.key`))
          return tool.read(`${id}.cert`).trim()
        })
        tool.write('certs.jsons', lines(certificates))
        const certs = certificates.map((json) => read(certificateFormat(group), json))
        const step = (number: number, index: number, input = '') =>
          tool.run(
            [...command, `--step=${number}`, '--certs=certs.jsons', `--key=${index}.key`, place(index)],
            { input },
          )
        const own = await makePolynomial(group, { keys, certs })
        const polynomials = [1, 2, 3].map((index) =>
          index === 2 ? own : read(polynomialFormat(group), step(3, index)),
        )
        const faults = polynomials.map((each, i) => polynomialFault(group, { certs, index: i + 1 }, each))
        expect(faults).toEqual([undefined, undefined, undefined])
        const inputs = shareInputs(polynomials)
        const received = await receiveShare(group, { keys, certs, input: inputs[1]! })
        if ('refused' in received) throw new Error(received.refused)
        const outputs = [1, 2, 3].map((index) =>
          index === 2
            ? undefined
            : read(
                shareOutputFormat(group),
                step(5, index, shareInputFormat(group).write(inputs[index - 1]!)),
              ),
        )
        outputs[1] = await makeShareOutput(group, { keys, share: received.share })
        const parameters = thresholdParameters({ certs, polynomials, outputs: outputs.map((each) => each!) })
        expect(findWrongThresholdPart(group, parameters)).toBeUndefined()
      } finally {
        tool.close()
      }
    },
  )
})
