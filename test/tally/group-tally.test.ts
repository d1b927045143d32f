import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeElection } from '../../src/election/close-election.ts'
import { copyTrustees } from '../../src/election/copy-trustees.ts'
import { insertElection } from '../../src/election/create-election.ts'
import { findElection } from '../../src/election/find-election.ts'
import { openElection } from '../../src/election/open-election.ts'
import { usualRights } from '../../src/election/rights.ts'
import { generateUuid } from '../../src/sealing/credential.ts'
import { generateTrustee } from '../../src/tally/generate-trustee.ts'
import { readPublicKeyFile } from '../../src/tally/key-file.ts'
import { removeTrustee } from '../../src/tally/remove-trustee.ts'
import { runTally } from '../../src/tally/run-tally.ts'
import { addTrustee, listTrustees } from '../../src/tally/trustees.ts'
import { verify } from '../../src/verify/node.ts'
import { issueTokens } from '../../src/voting/issue-tokens.ts'
import { formOf, group, ingestAll, sealVote, tokensIn } from '../voting/fixtures.ts'
import { type CeremonyStage, ceremonyStage } from './small-ceremony.ts'
import { choice, exportedArchive, ranking } from './small-election.ts'

/** No key in the file; Zoë has to be there, and two of Ruth, Sam and Tess. */
let stage: CeremonyStage
let uuid: string

beforeAll(async () => {
  stage = await ceremonyStage({ threshold: 2, names: ['Ruth', 'Sam', 'Tess'] })
  const { work, slug, folder } = stage
  const zoe = join(folder, 'Zoë')
  mkdirSync(zoe)
  const { publicFile } = await generateTrustee(group, { name: 'Zoë', folder: zoe })
  await addTrustee({ work, group }, { slug, file: await readPublicKeyFile(group, publicFile) })
  for (let round = 1; round <= 3; round++) await stage.round()
  await removeTrustee({ work, group }, { slug, name: 'server', begun: 'keep' })
  const out = join(folder, 'tokens.csv')
  await issueTokens({ work, group }, { election: slug, out, reserve: 0, expires: undefined })
  await openElection({ work, group }, slug)
  const election = await work.read((tx) => findElection(tx, slug))
  uuid = election.uuid
  const opened = { ...stage, form: formOf(election.sealed_json ?? ''), tokens: tokensIn(out) }
  const numbers = [...opened.tokens.keys()]
  await ingestAll(
    work,
    numbers.map((number, i) => sealVote(opened, number, [choice(i % 2), ranking(i % 3, (i + 1) % 3)])),
    { election: slug },
  )
  await closeElection({ work, group }, slug)
})
afterAll(() => stage.close())

const archive = async () => exportedArchive({ ...stage, uuid } as never)
const run = () => runTally({ work: stage.work, group }, { slug: stage.slug, seed: 'a seed' })
const contribute = async (name: string) => stage.receive((await stage.go(name, await archive())).file)

test('trustees by themselves and a group, without a key in the file, are numbered as the archive has them', async () => {
  const { trustees } = await listTrustees(stage.work, stage.slug)
  expect(trustees.map(({ position, name, place }) => [position, name, place])).toEqual([
    [1, 'Zoë', null],
    [2, 'Ruth', 1],
    [3, 'Sam', 2],
    [4, 'Tess', 3],
  ])
})

test('who must be there shuffles, then as many of the group as suffice; more are told that it is enough', async () => {
  await expect(run()).rejects.toThrow('waits for the shuffle of Zoë;')
  await expect(stage.go('Ruth', await archive())).rejects.toThrow(
    'You are trustee 2, and trustee 1 shuffles first',
  )
  await contribute('Zoë')
  await expect(run()).rejects.toThrow('waits for the shuffle of 1 of Ruth, Sam or Tess;')
  const atOnce = await archive()
  const [ruth, sam, tess] = [
    await stage.go('Ruth', atOnce),
    await stage.go('Sam', atOnce),
    await stage.go('Tess', atOnce),
  ]
  expect(await stage.receive(tess.file)).toMatchObject([{ changed: true }])
  await expect(stage.receive(ruth.file)).rejects.toThrow(
    'it was made from another archive than the present one, perhaps before another shuffle came in',
  )
  await expect(stage.go('Tess', await archive())).rejects.toThrow('is in this archive already')
  // Ruth made hers from an archive that is old by now; from the present one she makes another, once.
  const present = await archive()
  expect(await stage.go('Ruth', present)).toMatchObject({ did: 'shuffle', changed: true })
  expect(await stage.go('Ruth', present)).toMatchObject({ file: ruth.file, changed: false })
  expect(await stage.receive(ruth.file)).toMatchObject([{ changed: true }])
  expect(await stage.receive(sam.file)).toMatchObject([
    { changed: false, enough: true, trustee: { name: 'Sam' } },
  ])
  await expect(run()).rejects.toThrow('waits for the decryption of Zoë and 2 of Ruth, Sam or Tess;')
})

test('who did not shuffle decrypts only if enough of the group have signed theirs', async () => {
  const shuffled = await archive()
  const home = stage.home('Sam')
  const own = join(home, basename(shuffled))
  copyFileSync(shuffled, own)
  await expect(stage.go('Sam', own)).rejects.toMatchObject({
    message: expect.stringContaining('Your shuffle is not in this archive'),
    hint: expect.stringContaining('ask the election officer for their signatures'),
  })
  const signatures = await stage.message()
  expect(basename(signatures)).toBe(`${uuid}.shuffles.json`)
  const beside = join(home, basename(signatures))
  const text = readFileSync(signatures, 'utf8')
  const file = JSON.parse(text)
  // An officer can not sign for Tess.
  file.signatures.find(({ trustee }: { trustee: number }) => trustee === 4).signature =
    file.signatures[0].signature
  writeFileSync(beside, JSON.stringify(file))
  await expect(stage.go('Sam', own)).rejects.toThrow('Your shuffle is not in this archive')
  writeFileSync(beside, text)
  const sam = await stage.go('Sam', own)
  expect(sam.did).toBe('decryption')
  expect(await stage.receive(sam.file)).toMatchObject([{ changed: true }])
  await expect(run()).rejects.toThrow('waits for the decryption of Zoë and 1 of Ruth or Tess;')
})

test('exactly as many decrypt as are needed, and the archive verifies', async () => {
  const late = await stage.go('Ruth', await archive())
  await contribute('Tess')
  await expect(run()).rejects.toThrow('waits for the decryption of Zoë;')
  expect(await stage.receive(late.file)).toMatchObject([{ changed: false, enough: true }])
  await contribute('Zoë')
  await run()
  const { complete } = await verify(await archive(), { seed: 'a seed' })
  expect(complete).toBe(true)
  expect(await stage.receive(late.file)).toMatchObject([{ changed: false, enough: true }])
})

test('a runoff has the same trustees and group, and no key in the file either', async () => {
  const slug = 'chapter-runoff'
  await stage.work.write('test', async (tx) => {
    const first = await findElection(tx, stage.slug)
    const draft = {
      ...{ ...first, slug, opensAt: null, closesAt: null, eligibility: {}, contests: [] },
      ...{ allowInvalid: false, liveVoting: false, rehearsal: false, rights: usualRights },
    }
    const options = { organisationId: first.organisation_id, draft, uuid: generateUuid(group) }
    const runoff = await insertElection(tx, group, options)
    await copyTrustees(tx, group, { from: first.id, to: runoff.id })
  })
  const { trustees, group: declared } = await listTrustees(stage.work, slug)
  expect(trustees.map(({ position, name, kind }) => [position, name, kind])).toEqual([
    [1, 'Zoë', 'person'],
    [2, 'Ruth', 'person'],
    [3, 'Sam', 'person'],
    [4, 'Tess', 'person'],
  ])
  expect(declared).toMatchObject({ threshold: 2, ceremony: null })
})
