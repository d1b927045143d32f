import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ceremonyKeys, generateSeed } from '../../src/sealing/ceremony-keys.ts'
import { certificateFormat, makeCertificate } from '../../src/sealing/certificate.ts'
import { makePolynomial, polynomialFormat } from '../../src/sealing/polynomial.ts'
import { makeShareOutput, shareOutputFormat } from '../../src/sealing/share.ts'
import type { CeremonyAnswer } from '../../src/tally/ceremony/messages.ts'
import { group } from '../voting/fixtures.ts'
import { type CeremonyStage, ceremonyStage, certificates, keysOf, liedAnswer } from './small-ceremony.ts'

const names = ['Ruth', 'Sam', 'Tess']
let stage: CeremonyStage
beforeEach(async () => {
  stage = await ceremonyStage({ threshold: 2, names })
})
afterEach(() => stage.close())

describe('a trustee who lies is named, and refused with what to do', () => {
  const refusedOf = (name: string, why: string | RegExp) => ({
    code: 'trustee-contribution-invalid',
    message: expect.stringMatching(new RegExp(`of ${name} .*${typeof why === 'string' ? why : why.source}`)),
  })

  /** The lie of a round, which the officer finds. */
  const lies: {
    lie: string
    round: 1 | 2 | 3
    tell: (answer: CeremonyAnswer) => Promise<void> | void
    why: string
  }[] = [
    {
      lie: 'a certificate for another threshold',
      round: 1,
      tell: async (answer) => {
        const keys = await keysOf(stage, 'Sam')
        const place = { size: 3, threshold: 1, index: 2 }
        answer.payload = certificateFormat(group).write(makeCertificate(group, { keys, place }))
      },
      why: 'not signed for place 2 of a group of 3 with the threshold 2',
    },
    {
      lie: 'a certificate of keys that another trustee uses',
      round: 1,
      tell: async (answer) => {
        const keys = await keysOf(stage, 'Ruth')
        const place = { size: 3, threshold: 2, index: 2 }
        answer.payload = certificateFormat(group).write(makeCertificate(group, { keys, place }))
      },
      why: 'it has a key of Ruth',
    },
    {
      lie: 'commitments to another threshold',
      round: 2,
      tell: (answer) => {
        const text = JSON.parse(answer.payload)
        const { coefexps } = JSON.parse(text.coefexps.message) as { coefexps: string[] }
        text.coefexps.message = JSON.stringify({ coefexps: coefexps.slice(1) })
        answer.payload = JSON.stringify(text)
      },
      why: 'it commits to another threshold',
    },
    {
      lie: 'commitments that it did not sign',
      round: 2,
      tell: async (answer) => {
        const keys = await keysOf(stage, 'Ruth')
        const other = polynomialFormat(group).write(
          await makePolynomial(group, { keys, certs: await certificates(stage) }),
        )
        const text = JSON.parse(answer.payload)
        text.coefexps = JSON.parse(other).coefexps
        answer.payload = JSON.stringify(text)
      },
      why: 'its commitments are not signed',
    },
    {
      lie: 'a polynomial for other certificates',
      round: 2,
      tell: async (answer) => {
        const keys = await keysOf(stage, 'Sam')
        const stranger = ceremonyKeys(group, generateSeed(group))
        const place = { size: 3, threshold: 2, index: 3 }
        const certs = (await certificates(stage)).with(2, makeCertificate(group, { keys: stranger, place }))
        answer.payload = polynomialFormat(group).write(await makePolynomial(group, { keys, certs }))
      },
      why: 'it was made for other certificates',
    },
    {
      lie: 'a share too few',
      round: 2,
      tell: (answer) => {
        const text = JSON.parse(answer.payload)
        text.secrets.pop()
        answer.payload = JSON.stringify(text)
      },
      why: 'it does not have a share for each trustee',
    },
    {
      lie: 'a public key of its own',
      round: 3,
      tell: async (answer) => {
        const output = await makeShareOutput(group, {
          keys: await keysOf(stage, 'Sam'),
          share: group.randomScalar(),
        })
        answer.payload = shareOutputFormat(group).write(output)
      },
      why: 'its key does not follow from what the trustees committed to',
    },
    {
      lie: 'a key that nobody is proven to know',
      round: 3,
      tell: async (answer) => {
        const output = await makeShareOutput(group, {
          keys: await keysOf(stage, 'Sam'),
          share: group.randomScalar(),
        })
        const text = JSON.parse(answer.payload)
        text.public_key.pok = JSON.parse(shareOutputFormat(group).write(output)).public_key.pok
        answer.payload = JSON.stringify(text)
      },
      why: 'nothing proves that the private half',
    },
  ]

  test.each(lies)('$lie', async ({ round, tell, why }) => {
    for (let before = 1; before < round; before++) await stage.round()
    const message = await stage.message()
    if (round === 1) await stage.receive((await stage.go('Ruth', message)).file)
    const { file } = await stage.go('Sam', message)
    const lie = await liedAnswer(stage, file, tell)
    await expect(stage.receive(lie)).rejects.toMatchObject({
      ...refusedOf('Sam', why),
      hint: expect.stringContaining('urna trustee remove "Sam" chapter --restart'),
    })
    // Nothing was changed: the truth is still taken.
    expect(await stage.receive(file)).toMatchObject([{ changed: true }])
  })

  test('by a share that does not follow from what it committed to: its reader finds it', async () => {
    await stage.round()
    const message = await stage.message()
    const files = await Promise.all(names.map(async (name) => (await stage.go(name, message)).file))
    const keys = await keysOf(stage, 'Sam')
    const other = polynomialFormat(group).write(
      await makePolynomial(group, { keys, certs: await certificates(stage) }),
    )
    const lie = await liedAnswer(stage, files[1]!, (answer) => {
      const text = JSON.parse(answer.payload)
      text.secrets[0] = JSON.parse(other).secrets[0]
      answer.payload = JSON.stringify(text)
    })
    await stage.receive(files[0]!, lie, files[2]!)
    const third = await stage.message()
    await expect(stage.go('Ruth', third)).rejects.toMatchObject({
      code: 'ceremony-refused',
      message: expect.stringContaining(
        'the share that Sam sent you does not follow from what Sam committed to',
      ),
      hint: expect.stringContaining('urna trustee remove "Sam" --restart'),
      details: { trustee: 'Sam' },
    })
    // Who got a right share goes on, and can do no harm by it.
    expect((await stage.go('Tess', third)).did).toBe('public_key')
  })

  test('nobody answers in the name of another', async () => {
    const message = await stage.message()
    const ruth = await stage.go('Ruth', message)
    const asSam = await liedAnswer(stage, ruth.file, (answer) => {
      answer.name = 'Sam'
    })
    await expect(stage.receive(asSam)).rejects.toThrow('Sam is not in place 1')
    await stage.receive(ruth.file)
    const again = JSON.parse(readFileSync(ruth.file, 'utf8'))
    const keys = ceremonyKeys(group, generateSeed(group))
    const place = { size: 3, threshold: 2, index: 1 }
    again.payload = certificateFormat(group).write(makeCertificate(group, { keys, place }))
    const other = join(stage.folder, 'other.json')
    writeFileSync(other, JSON.stringify(again))
    await expect(stage.receive(other)).rejects.toThrow('Another certificate of Ruth was received before')
  })
})

describe('a trustee does not go on with an officer who', () => {
  const changed = async (change: (message: Record<string, unknown>) => void): Promise<string> => {
    const file = await stage.message()
    const message = JSON.parse(readFileSync(file, 'utf8'))
    change(message)
    const lie = join(stage.folder, 'changed.json')
    writeFileSync(lie, JSON.stringify(message))
    return lie
  }

  test('puts a certificate of their own in the place of one of ours', async () => {
    await stage.round()
    const keys = ceremonyKeys(group, generateSeed(group))
    const mine = (index: number) =>
      certificateFormat(group).write(
        makeCertificate(group, { keys, place: { size: 3, threshold: 2, index } }),
      )
    const swapped = (place: number) =>
      changed((message) => {
        message.certificates = (message.certificates as string[]).with(place - 1, mine(place))
      })
    await expect(stage.go('Ruth', await swapped(1))).rejects.toThrow('your own certificate is not in it')
    // Another's can not be told apart here: that is what the telephone is for.
    const shown = await stage.go('Ruth', await swapped(2))
    const honest = await stage.go('Tess', await stage.message())
    expect(shown.certificates).not.toBe(honest.certificates)
    // And once they have answered to one list, trustees answer to no other.
    await expect(stage.go('Ruth', await stage.message())).rejects.toThrow(
      'not those that you have answered to before',
    )
  })

  test('changes the threshold or the names on the way', async () => {
    await stage.round()
    const lower = await changed((message) => {
      message.threshold = 1
    })
    await expect(stage.go('Ruth', lower)).rejects.toThrow('you joined 2 of Ruth, Sam, Tess')
  })

  test('lists keys at the end that are not those of the ceremony', async () => {
    for (let round = 1; round <= 3; round++) await stage.round()
    const other = await ceremonyStage({ threshold: 2, names })
    try {
      for (let round = 1; round <= 3; round++) await other.round()
      const foreign = JSON.parse(readFileSync(await other.message(), 'utf8'))
      const lie = await changed((message) => {
        message.trustees = foreign.trustees
      })
      await expect(stage.go('Ruth', lie)).rejects.toThrow('none of its keys is yours')
      const forged = await changed((message) => {
        message.trustees = String(message.trustees).replace('"threshold":2', '"threshold":1')
      })
      await expect(stage.go('Ruth', forged)).rejects.toMatchObject({ code: 'ceremony-refused' })
    } finally {
      await other.close()
    }
  })

  test('sends something else altogether', async () => {
    const nonsense = join(stage.folder, 'nonsense.json')
    writeFileSync(nonsense, '{"kind":"urna-ceremony-round"}')
    await expect(stage.go('Ruth', nonsense)).rejects.toThrow('not what urna trustee message writes')
    const strange = await changed((message) => {
      message.ceremony = '../../etc/pass'
    })
    await expect(stage.go('Ruth', strange)).rejects.toMatchObject({ code: 'ceremony-refused' })
    expect(existsSync(join(stage.folder, 'etc'))).toBe(false)
  })
})
