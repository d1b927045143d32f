import { execFile } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openingBytes, recordBytes, recordOf } from '../../src/sealing/archive.ts'
import type { BoardStep } from '../../src/sealing/board.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { vectorArchives, vectorsFolder } from '../support/corpus.ts'
import { held } from '../support/forger.ts'
import { forgeries } from '../support/forgeries.ts'
import { archiveOf, type BoardTexts, boardSteps } from '../support/held-election.ts'
import { smallElections } from '../support/small-elections.ts'
import { verdictsOn } from '../support/two-verifiers.ts'

const group = await loadGroup()
const everything = process.env.CI || process.env.URNA_SLOW

const totals = await smallElections['with totals and a recast']!()
const threshold = await smallElections['with a trustee and two of three others']!()
const rankings = await smallElections['with rankings that two trustees shuffle']!()
const blank = await smallElections['with a blank vote']!()

async function both(archive: Uint8Array, verdict: 'holds' | 'does not hold') {
  const { reasons, ...verdicts } = await verdictsOn(archive)
  expect(verdicts, reasons).toEqual({ urna: verdict, second: verdict })
}

describe('two verifiers that share no code find that there holds', () => {
  test.each(Object.keys(smallElections))('an election %s, at every stage', async (name) => {
    const steps = boardSteps(group, (await smallElections[name]!()).texts)
    const stages = everything ? steps.map((_, i) => steps.slice(0, i + 1)) : [steps.slice(0, -2), steps]
    for (const stage of stages) await both(archiveOf(stage), 'holds')
  })

  test('an election opened by any trustees who suffice', async () => {
    const { texts } = await smallElections['with a trustee and two of three others']!()
    const by = (...owners: number[]) => ({
      decryptions: texts.decryptions.filter(({ owner }) => owners.includes(owner)),
    })
    await both(archive(texts, by(1, 2, 4)), 'holds')
    await both(archive(texts, by(1, 3, 4)), 'holds')
    await both(archive(texts, { decryptions: by(1, 2, 3).decryptions.toReversed() }), 'holds')
    await both(archive(texts, by(1, 3)), 'does not hold')
    await both(archive(texts, by(2, 3, 4)), 'does not hold')
  })

  test('an archive whose header gives the time as a number', async () => {
    const opening = archiveOf([]).subarray(0, 512 * 2)
    const records = boardSteps(group, held.texts).flatMap((step) => step.records)
    const bytes = Buffer.concat([opening, ...records.map((record) => recordBytes(record, 1_795_252_448))])
    await both(bytes, 'holds')
  })
})

describe.skipIf(vectorsFolder() === undefined)('two verifiers agree (skipped: no corpus)', () => {
  const large = (archive: string) => statSync(join(vectorsFolder()!, archive)).size > 150_000
  const archives = vectorArchives().filter((archive) => everything || !large(archive))

  test.each(archives)(
    'on %s',
    async (archive) => {
      const verdict = archive.startsWith('forged') ? 'does not hold' : 'holds'
      await both(readFileSync(join(vectorsFolder()!, archive)), verdict)
      // The largest takes the second verifier most of a minute, where nothing else runs.
    },
    600_000,
  )
})

describe('both verifiers find out a forger', () => {
  // Only one of the two goes on from what was verified before.
  test.each(forgeries.filter(({ since }) => since === undefined))('who $does', async ({ archive }) => {
    await both(await archive(), 'does not hold')
  })

  test.each<[string, BoardTexts, (texts: BoardTexts) => Partial<BoardTexts>]>([
    [
      'who writes a small total as text',
      totals.texts,
      ({ result }) => ({ result: result.replace('[0,2,', '[0,"2",') }),
    ],
    [
      'who has the key that is no secret',
      totals.texts,
      ({ election }) => ({
        election: election.replace(/"public_key":"\w+"/, `"public_key":"${'1'.padStart(64, '0')}"`),
      }),
    ],
    [
      'who nests what a question says extra a thousand deep',
      blank.texts,
      ({ election }) => ({
        election: election.replace('{"seats":2}', `${'['.repeat(1000)}${']'.repeat(1000)}`),
      }),
    ],
    [
      'who nests it a million deep',
      blank.texts,
      ({ election }) => ({
        election: election.replace('{"seats":2}', `${'['.repeat(1e6)}${']'.repeat(1e6)}`),
      }),
    ],
    [
      'who says how many trustees suffice after they signed it',
      threshold.texts,
      ({ trustees }) => ({ trustees: trustees.replace('"threshold":2,"certs"', '"threshold":1,"certs"') }),
    ],
    [
      'who exchanges the certificates of two trustees',
      threshold.texts,
      ({ trustees }) => ({ trustees: exchanged(trustees, 'certs') }),
    ],
    [
      'who exchanges the commitments of two trustees',
      threshold.texts,
      ({ trustees }) => ({ trustees: exchanged(trustees, 'coefexps') }),
    ],
    [
      'who exchanges the signatures of two trustees',
      threshold.texts,
      ({ trustees }) => ({ trustees: exchanged(trustees, 'signatures') }),
    ],
    [
      'who exchanges the keys of two trustees',
      threshold.texts,
      ({ trustees }) => ({ trustees: exchanged(trustees, 'verification_keys') }),
    ],
    [
      'who leaves the signature of a share out',
      threshold.texts,
      ({ trustees }) => ({ trustees: trustees.replace(/,"signature":\{[^{}]*\}\}\]\}\]\]$/, '}]}]]') }),
    ],
    [
      'who calls a share the key of a trustee who must be there',
      threshold.texts,
      ({ decryptions: [first, second, ...rest] }) => ({
        decryptions: [{ ...second!, owner: 1 }, { ...first!, owner: 2 }, ...rest],
      }),
    ],
    [
      'who shuffles into a vote that is a copy',
      rankings.texts,
      ({ shuffles }) => ({
        shuffles: shuffles.map(({ owner, shuffle }) => {
          const parsed = JSON.parse(shuffle)
          parsed.ciphertexts[0][1] = parsed.ciphertexts[0][0]
          return { owner, shuffle: JSON.stringify(parsed) }
        }),
      }),
    ],
  ])('%s', async (_, texts, forge) => {
    const forged = forge(texts)
    for (const [part, text] of Object.entries(forged))
      expect(text).not.toEqual(texts[part as keyof BoardTexts])
    await both(archive(texts, forged), 'does not hold')
  })

  test('who puts data in another order, says them twice, or leaves some over', async () => {
    const [setup, ...others] = boardSteps(group, totals.texts)
    const [election, trustees, credentials, data, event] = setup!.records
    const stray = recordOf(group, 'data', '"by the way"')
    for (const records of [
      [trustees, election, credentials, data, event],
      [election, election, trustees, credentials, data, event],
      [stray, election, trustees, credentials, data, event],
      [election, trustees, credentials, event],
      [election, trustees, data, event],
    ]) {
      const step = { ...setup!, records: records.map((record) => record!) }
      await both(archiveOf([step, ...others]), 'does not hold')
    }
    await both(archiveOf([setup!, ...others, { ...setup!, records: [stray] }]), 'does not hold')
  })

  test('who tells nothing at all', async () => {
    await both(openingBytes(0), 'does not hold')
    await both(new Uint8Array(), 'does not hold')
    await both(archiveOf(boardSteps(group, totals.texts).slice(1)), 'does not hold')
  })
})

test('the second verifier has nothing of urna in it, nor of the library under urna', () => {
  const files = globSync('tools/second-verifier/*.js')
  const imported = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)].map(([, from]) => from),
  )
  expect(imported.length).toBeGreaterThan(10)
  expect(imported.filter((from) => !/^(\.\/[a-z]+\.js|node:[a-z]+|@noble\/.+)$/.test(from!))).toEqual([])
})

test('a stranger reads what was checked, and a script the exit status', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'urna-'))
  const file = join(folder, 'election.bel')
  const run = async (bytes: Uint8Array, ...options: string[]) => {
    writeFileSync(file, bytes)
    return await new Promise<{ status: unknown; said: string }>((resolve) =>
      execFile(process.execPath, ['tools/second-verifier/verify.js', file, ...options], (error, said) =>
        resolve({ status: error?.code ?? 0, said }),
      ),
    )
  }
  try {
    const { texts } = await smallElections['with totals and a recast']!()
    const honest = await run(archive(texts))
    expect(honest.status).toBe(0)
    expect(honest.said).toMatch(/^✓ The archive, written again[\s\S]*Everything holds\.\n$/)
    const forged = archive(texts, { result: texts.result.replace('[0,2,', '[1,2,') })
    expect((await run(forged)).said).toMatch(
      /✗ As many trustees[\s\S]*question 1 is not what was opened\.\n$/,
    )
    const json = await run(forged, '--json')
    expect(json.status).toBe(6)
    expect(JSON.parse(json.said)).toMatchObject({ holds: false, reason: expect.any(String) })
  } finally {
    rmSync(folder, { recursive: true })
  }
})

function archive(texts: BoardTexts, forged: Partial<BoardTexts> = {}): Buffer {
  const steps: readonly BoardStep[] = boardSteps(group, { ...texts, ...forged })
  return archiveOf(steps)
}

/** The trustees with two items of a list of the threshold group exchanged. */
function exchanged(trustees: string, list: string): string {
  const parsed = JSON.parse(trustees)
  const items = parsed[1][1][list]
  ;[items[0], items[1]] = [items[1], items[0]]
  return JSON.stringify(parsed)
}
