import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findElection } from '../../src/election/find-election.ts'
import { endShuffles, shuffleRecords } from '../../src/sealing/board.ts'
import { appendStep } from '../../src/tally/append-step.ts'
import { generateTrustee } from '../../src/tally/generate-trustee.ts'
import { readPrivateKeyFile, readPublicKeyFile } from '../../src/tally/key-file.ts'
import { makeContribution, shuffleOf, signContribution } from '../../src/tally/make-contribution.ts'
import { closedBoard } from '../../src/tally/opened-board.ts'
import { readTrusteeFiles } from '../../src/tally/receive-files.ts'
import { readStoredBoard } from '../../src/tally/stored-board.ts'
import { addTrustee } from '../../src/tally/trustees.ts'
import { boardHead } from '../../src/voting/board-records.ts'
import {
  chair,
  choice,
  closedElection,
  committee,
  contributionOf,
  exportedArchive,
  group,
  lied,
  ranking,
  receive,
  type SmallElection,
  sentShuffle,
  tally,
  tampered,
} from './small-election.ts'

let election: SmallElection
/** Archives and contributions by when they were made, in the order of the tally. */
const made: Record<string, string> = {}

beforeAll(async () => {
  election = await closedElection({
    contests: [chair, committee],
    trustees: ['Ruth', 'Sam'],
    votes: [
      [0, [choice(0), ranking(0, 1)]],
      [1, [choice(1), ranking(1)]],
      [2, [choice(0), ranking(1, 0)]],
    ],
  })
})
afterAll(() => election.close())

async function make(name: string, kind: 'shuffle' | 'decryption', archive: string) {
  const keyFile = election.keys.get(name) ?? ''
  const request = { archive, keyFile, out: join(election.folder, 'refused.json') }
  if (kind === 'shuffle') return makeContribution(group, { kind, ...request })
  return makeContribution(group, { kind, ...request, ownShuffle: sentShuffle(election, name) })
}

describe('the key of a trustee', () => {
  test('is two files, of which the private one is readable by its owner alone', async () => {
    const pair = await generateTrustee(group, { name: 'Zoë Ō’Brien', folder: election.folder })
    expect(pair.privateFile).toMatch(/zoë-ō-brien\.private\.json$/)
    expect(statSync(pair.privateFile).mode & 0o777).toBe(0o600)
    const { publicKey } = await readPublicKeyFile(group, pair.publicFile)
    const { secret } = await readPrivateKeyFile(group, pair.privateFile)
    expect(group.equal(group.multiplyBase(secret), publicKey.public_key)).toBe(true)
  })

  test('is never overwritten', async () => {
    const options = { name: 'Once', folder: election.folder }
    const { privateFile } = await generateTrustee(group, options)
    const before = readFileSync(privateFile, 'utf8')
    await expect(generateTrustee(group, options)).rejects.toMatchObject({ code: 'output-exists' })
    expect(readFileSync(privateFile, 'utf8')).toBe(before)
  })

  test('is finished where a crash left its private half alone, and never that of another', async () => {
    const options = { name: 'Cut Short', folder: election.folder }
    const whole = await generateTrustee(group, options)
    rmSync(whole.publicFile)
    const finished = await generateTrustee(group, options)
    expect(finished).toEqual(whole)
    await readPublicKeyFile(group, finished.publicFile)
    rmSync(whole.publicFile)
    const another = generateTrustee(group, { ...options, name: 'cut-short' })
    await expect(another).rejects.toMatchObject({ code: 'output-exists' })
  })

  test('is refused where its private half was sent by mistake, or nothing proves that there is one', async () => {
    const { privateFile, publicFile } = await generateTrustee(group, { name: 'Eve', folder: election.folder })
    await expect(readPublicKeyFile(group, privateFile)).rejects.toThrow('only its trustee may have')
    const other = await generateTrustee(group, { name: 'Mallory', folder: election.folder })
    const forged = JSON.parse(readFileSync(publicFile, 'utf8'))
    forged.publicKey.public_key = JSON.parse(readFileSync(other.publicFile, 'utf8')).publicKey.public_key
    const path = join(election.folder, 'forged.json')
    writeFileSync(path, JSON.stringify(forged))
    await expect(readPublicKeyFile(group, path)).rejects.toThrow('nothing proves')
  })

  test('is refused with a signature that nobody verifies', async () => {
    const { publicFile } = await generateTrustee(group, { name: 'Sig', folder: election.folder })
    const signed = JSON.parse(readFileSync(publicFile, 'utf8'))
    const { pok, public_key } = signed.publicKey
    writeFileSync(publicFile, JSON.stringify({ ...signed, publicKey: { pok, public_key, signature: pok } }))
    await expect(readPublicKeyFile(group, publicFile)).rejects.toMatchObject({ code: 'trustee-key-invalid' })
  })

  test('is refused where it is no key at all, however deep it is nested', async () => {
    const path = join(election.folder, 'deep.json')
    const deep = '['.repeat(100_000) + ']'.repeat(100_000)
    for (const key of [deep, '"key"', '{"public_key":"00"}', 'null']) {
      writeFileSync(path, `{"kind":"urna-trustee-public-key","name":"Eve","publicKey":${key}}`)
      await expect(readPublicKeyFile(group, path)).rejects.toMatchObject({ code: 'trustee-key-invalid' })
    }
  })

  test('can not join an election that was opened', async () => {
    const { publicFile } = await generateTrustee(group, { name: 'Late', folder: election.folder })
    const file = await readPublicKeyFile(group, publicFile)
    await expect(addTrustee({ work: election.work, group }, { slug: undefined, file })).rejects.toMatchObject(
      { code: 'wrong-state' },
    )
  })
})

describe('a shuffle', () => {
  beforeAll(async () => {
    made.closed = await exportedArchive(election)
    await expect(tally(election)).rejects.toMatchObject({ code: 'tally-waits' })
    made.server = await exportedArchive(election)
  })

  test('is refused out of turn, on either side', async () => {
    await expect(make('Ruth', 'shuffle', made.closed!)).rejects.toThrow('trustee 1 shuffles first')
    await expect(make('Sam', 'shuffle', made.server!)).rejects.toThrow('trustee 2 shuffles first')
    await expect(make('Ruth', 'decryption', made.server!)).rejects.toThrow('too early to decrypt')
    made.ruth = await contributionOf(election, 'Ruth', 'shuffle')
    const asSam = tampered(made.ruth, (contribution) => {
      contribution.trustee = 3
    })
    await expect(receive(election, asSam)).rejects.toMatchObject({
      code: 'trustee-out-of-turn',
      message: expect.stringContaining('The shuffle of Sam is not in turn'),
    })
  })

  test('is refused by the name of its trustee if it is forged', async () => {
    const changed = await lied(election, 'Ruth', made.ruth!, (contribution) => {
      const shuffle = JSON.parse(String(contribution.payload))
      shuffle.ciphertexts[0].reverse()
      contribution.payload = JSON.stringify(shuffle)
    })
    await expect(receive(election, changed)).rejects.toMatchObject({
      code: 'trustee-contribution-invalid',
      message: expect.stringMatching(/of Ruth .* does not prove/),
    })
    const malformed = await lied(election, 'Ruth', made.ruth!, (contribution) => {
      contribution.payload = `${contribution.payload} `
    })
    await expect(receive(election, malformed)).rejects.toThrow('not-canonical')
    const elsewhere = tampered(made.ruth!, (contribution) => {
      contribution.election = 'AnotherUuid234'
    })
    await expect(receive(election, elsewhere)).rejects.toThrow('of another election')
    const nonsense = join(election.folder, 'nonsense.json')
    writeFileSync(nonsense, '{"kind":"shuffle"}')
    await expect(readTrusteeFiles([nonsense])).rejects.toThrow('not what urna trustee')
  })

  test('is refused if somebody made it in the name of a trustee, whose key they lack', async () => {
    await expect(receive(election, await shuffleInNameOf(election, { trustee: 2 }))).rejects.toMatchObject({
      code: 'trustee-contribution-invalid',
      message: expect.stringMatching(/of Ruth .* is not signed with their key/),
    })
    for (const field of ['head', 'payload', 'signature']) {
      const changed = tampered(made.ruth!, (contribution) => {
        contribution[field] = String(contribution[field]).replace(/[1-9]/, (digit) =>
          digit === '1' ? '2' : '1',
        )
      })
      await expect(receive(election, changed), field).rejects.toThrow('not signed with their key')
    }
  })

  test('is beside the key unless told otherwise, under a name for this election alone, and not made twice', async () => {
    const keyFile = election.keys.get('Ruth') ?? ''
    const archive = await exportedArchive(election)
    const request = { kind: 'shuffle', archive, keyFile, out: undefined } as const
    const { file } = await makeContribution(group, request)
    expect(file).toBe(keyFile.replace('private', `${election.uuid}.shuffle`))
    await expect(makeContribution(group, request)).rejects.toMatchObject({
      code: 'output-exists',
      hint: expect.stringContaining('why there is another one'),
    })
  })

  test('is received once; the very same again changes nothing, and another one is refused', async () => {
    const again = await contributionOf(election, 'Ruth', 'shuffle')
    expect(await receive(election, made.ruth!)).toMatchObject({ changed: true, trustee: { name: 'Ruth' } })
    expect(await receive(election, made.ruth!)).toMatchObject({ changed: false })
    await expect(receive(election, again)).rejects.toThrow('Another shuffle of Ruth was received before')
  })

  test('is not to be made by somebody whose key the election does not name', async () => {
    const { privateFile } = await generateTrustee(group, { name: 'Nobody', folder: election.folder })
    const archive = await exportedArchive(election)
    await expect(
      makeContribution(group, { kind: 'shuffle', archive, keyFile: privateFile, out: 'never' }),
    ).rejects.toMatchObject({ code: 'trustee-not-found' })
  })
})

describe('a decryption', () => {
  beforeAll(async () => {
    made.beforeSam = await exportedArchive(election)
    await receive(election, await contributionOf(election, 'Sam', 'shuffle'))
    await expect(tally(election)).rejects.toMatchObject({ code: 'tally-waits' })
    made.shuffled = await exportedArchive(election)
  })

  test('is not made of an archive that does not verify', async () => {
    const bytes = readFileSync(made.shuffled!)
    bytes[Math.floor(bytes.length / 2)]! ^= 1
    const broken = join(election.folder, 'broken.bel')
    writeFileSync(broken, bytes)
    await expect(make('Ruth', 'decryption', broken)).rejects.toMatchObject({ code: 'verification-failed' })
  })

  test('is refused by the name of its trustee if it was made with another key or for other ballots', async () => {
    const sam = await contributionOf(election, 'Sam', 'decryption')
    const asRuth = tampered(sam, (contribution) => {
      contribution.trustee = 2
    })
    await expect(receive(election, asRuth)).rejects.toMatchObject({
      code: 'trustee-contribution-invalid',
      message: expect.stringContaining('of Ruth'),
    })
    const lie = await lied(election, 'Sam', sam, (contribution) => {
      const decryption = JSON.parse(String(contribution.payload))
      decryption.decryption_factors[0].reverse()
      contribution.payload = JSON.stringify(decryption)
    })
    await expect(receive(election, lie)).rejects.toThrow(/of Sam .* does not prove/)
    expect(await receive(election, sam)).toMatchObject({ changed: true })
    expect(await receive(election, sam)).toMatchObject({ changed: false })
    await expect(make('Sam', 'decryption', await exportedArchive(election))).rejects.toThrow(
      'is in this archive already',
    )
  })

  test('files named in any order are received in the order of the tally', async () => {
    const decryption = await contributionOf(election, 'Ruth', 'decryption')
    const sorted = await readTrusteeFiles([decryption, made.ruth!])
    expect(sorted.map(({ content }) => content.kind)).toEqual(['shuffle', 'decryption'])
  })
})

test('a trustee whose shuffle an officer leaves out does not decrypt', async () => {
  const hasty = await closedElection({ contests: [committee], trustees: ['Ruth'], votes: [] })
  try {
    const { work, slug } = hasty
    await expect(tally(hasty)).rejects.toMatchObject({ code: 'tally-waits' })
    await work.write('test', async (tx) => {
      const found = await findElection(tx, slug)
      const head = await boardHead(tx, found.id)
      await appendStep(tx, found, { after: head, step: endShuffles(group, head) })
    })
    const archive = await exportedArchive(hasty)
    const keyFile = hasty.keys.get('Ruth') ?? ''
    await expect(
      makeContribution(group, {
        ...{ kind: 'decryption', archive, keyFile, out: join(hasty.folder, 'no.json') },
        ownShuffle: join(hasty.folder, 'never-made.json'),
      }),
    ).rejects.toThrow('Your shuffle is not in this archive')
  } finally {
    await hasty.close()
  }
})

test('a trustee in whose name an officer shuffled does not decrypt', async () => {
  const votes = [[0, [ranking(0, 1)]]] as const
  const betrayed = await closedElection({ contests: [committee], trustees: ['Ruth'], votes })
  try {
    await expect(tally(betrayed)).rejects.toMatchObject({ code: 'tally-waits' })
    const hers = await contributionOf(betrayed, 'Ruth', 'shuffle')
    // An officer with the file needs no signature to put it on the board.
    await betrayed.work.write('test', async (tx) => {
      const found = await findElection(tx, betrayed.slug)
      const head = await boardHead(tx, found.id)
      const board = closedBoard(group, await readStoredBoard(tx, found))
      const step = shuffleRecords(group, head, { owner: 2, shuffle: await shuffleOf(group, board!) })
      await appendStep(tx, found, { after: head, step })
    })
    await expect(tally(betrayed)).rejects.toMatchObject({ code: 'tally-waits' })
    const archive = await exportedArchive(betrayed)
    const keyFile = betrayed.keys.get('Ruth') ?? ''
    const decrypt = (ownShuffle: string) =>
      makeContribution(group, {
        ...{ kind: 'decryption', archive, keyFile, out: join(betrayed.folder, 'no.json') },
        ownShuffle,
      })
    await expect(decrypt(hers)).rejects.toThrow('is not the one that you made')
    await expect(decrypt(join(betrayed.folder, 'lost.json'))).rejects.toMatchObject({
      code: 'file-not-found',
      hint: expect.stringContaining('--shuffle FILE'),
    })
  } finally {
    await betrayed.close()
  }
})

/** A right shuffle that nobody but its maker knows not to be the trustee's: it takes no key to make one. */
async function shuffleInNameOf(
  { work, slug, folder, uuid }: SmallElection,
  { trustee }: { trustee: number },
): Promise<string> {
  const board = await work.read(async (tx) =>
    closedBoard(group, await readStoredBoard(tx, await findElection(tx, slug))),
  )
  const file = join(folder, 'forged-shuffle.json')
  const payload = await shuffleOf(group, board!)
  const secret = group.randomScalar()
  const unsigned = {
    ...({ kind: 'shuffle', election: uuid, trustee, payload } as const),
    head: board!.state.head.hash,
  }
  const signature = signContribution(group, board!, { secret, unsigned })
  writeFileSync(file, JSON.stringify({ ...unsigned, signature }))
  return file
}
