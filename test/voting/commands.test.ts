import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import BallotIngest, { output as ingestOutput } from '../../commands/ballot/ingest.ts'
import Board, { output as boardOutput } from '../../commands/board.ts'
import TokenIssue, { output as issueOutput } from '../../commands/token/issue.ts'
import TokenList, { output as listOutput } from '../../commands/token/list.ts'
import TokenReplace, { output as replaceOutput } from '../../commands/token/replace.ts'
import Vote, { output as voteOutput } from '../../commands/vote.ts'
import { openingBytes, recordBytes } from '../../src/sealing/archive.ts'
import { boardRecords } from '../../src/voting/board-records.ts'
import { runCommand, withoutAudit } from '../support/run-command.ts'
import { draftElection, ingestAll, type Opened, openedElection, sealVote } from './fixtures.ts'

let box: Opened
beforeEach(async () => {
  box = await openedElection({ voters: 2, reserve: 1 })
  process.env.URNA_PASSPHRASE = box.passphrase
  process.env.URNA_FILE = box.path
})
afterEach(async () => {
  delete process.env.URNA_PASSPHRASE
  delete process.env.URNA_FILE
  await box.close()
})

function file(name: string, content?: string | Uint8Array): string {
  const path = join(box.folder, name)
  if (content !== undefined) writeFileSync(path, content)
  return path
}

async function archive(): Promise<string> {
  const pieces = await box.work.read(async (tx) => {
    const bytes = [openingBytes(1)]
    for await (const record of boardRecords(tx, 1)) bytes.push(recordBytes(record, 1))
    return bytes
  })
  return file('chapter.bel', Buffer.concat(pieces))
}

const choices = {
  contests: [
    { contest: 'Chair', choices: ['Ada'] },
    { contest: 2, ranking: ['Di', 'Eli'] },
  ],
}

function vote(...argv: string[]) {
  return runCommand(Vote, argv)
}

/** The arguments of a vote by that voter with the usual choices. */
function voteOf(number: string, election: string): string[] {
  const token = file('token.txt', `${box.tokens.get(number)}\n`)
  return [election, '--token-file', token, '--choices', file('choices.json', JSON.stringify(choices))]
}

test('a vote goes from the public election file into the box and onto the board', async () => {
  const election = file('chapter.election.json', box.form.json)
  const out = file('my.ballot.json')
  const cast = await vote(...voteOf('1001', election), '--out', out, '--json')
  const sealed = voteOutput.parse(withoutAudit(JSON.parse(cast.stdout)))
  expect(sealed).toMatchObject({
    election: 'Northern Chapter 2026',
    file: out,
    fingerprint: box.form.fingerprint,
  })
  const trackingCode = sealed.trackingCode ?? ''
  expect(statSync(out).mode & 0o777).toBe(0o600)

  const ingested = await runCommand(BallotIngest, [out, '--json'])
  expect(ingestOutput.parse(withoutAudit(JSON.parse(ingested.stdout)))).toEqual({
    ...{ election: 'chapter', ballots: 1, accepted: 1, recast: 0, already: 0, refused: 0 },
    ...{ trackingCodes: [trackingCode], refusals: [] },
  })
  for (const source of [[], ['--archive', await archive()]]) {
    const found = await runCommand(Board, [...source, '--find', trackingCode, '--json'])
    expect(boardOutput.parse(JSON.parse(found.stdout))).toMatchObject({
      ...{ title: 'Northern Chapter 2026', ballots: 1, counting: 1 },
      list: [{ trackingCode, counts: true }],
    })
  }
})

test('neither a token nor a choice is ever said', async () => {
  const token = box.tokens.get('1001')!
  const shown = [await vote(...voteOf('1001', await archive()), '--out', file('a.json'))]
  const wrong = file('wrong.txt', `${token.slice(0, -1)}0`)
  shown.push(await vote(file('chapter.bel'), '--token-file', wrong, '--choices', file('choices.json')))
  shown.push(await runCommand(BallotIngest, [file('a.json')]))
  shown.push(await runCommand(TokenList, []))
  for (const { stdout, stderr } of shown) {
    expect(stdout + stderr).not.toContain(token.slice(0, 11))
    expect(stdout + stderr).not.toMatch(/\bAda\b|\bDi\b|\bEli\b/)
  }
  expect(shown[1]).toMatchObject({ status: 7, stderr: expect.stringContaining('character 6 of part 4') })
})

test('with the archive, a token of another election is noticed before anything is sealed', async () => {
  const election = await archive()
  const token = file('other.txt', 'a1B2c-D3e4F5-g6H7j-K8m9Np')
  const run = await vote(election, '--token-file', token, '--choices', file('choices.json', '{}'), '--json')
  expect(run.status).toBe(7)
  expect(JSON.parse(run.stdout).error.code).toBe('token-not-of-this-election')
})

test.each([
  // No point has such a y; with a few digits changed, one key in sixteen would still be one.
  [
    'a changed key',
    (json: string) => json.replace(/"public_key":"[0-9a-f]+/, `"public_key":"${'f'.repeat(64)}`),
  ],
  ['a space more', (json: string) => `${json} `],
  ['no election at all', () => 'hello'],
])('a public election with %s is refused', async (_, change) => {
  const run = await vote(...voteOf('1001', file('x.election.json', change(box.form.json))), '--json')
  expect(run.status).toBe(6)
  expect(JSON.parse(run.stdout).error.code).toBe('election-file-invalid')
})

test('an archive that was tampered with is refused', async () => {
  const path = await archive()
  const bytes = readFileSync(path)
  bytes[bytes.indexOf('Northern')] = 0x4d
  const run = await vote(...voteOf('1001', file('tampered.bel', bytes)), '--json')
  expect(JSON.parse(run.stdout).error.code).toBe('archive-invalid')
  const board = await runCommand(Board, ['--archive', file('tampered.bel'), '--json'])
  expect(board.status).toBe(6)
})

test('without a terminal nothing is asked: the missing flag is named', async () => {
  const election = file('chapter.election.json', box.form.json)
  const noToken = await vote(election)
  expect(noToken).toMatchObject({ status: 2, stderr: expect.stringContaining('--token-file') })
  const noChoices = await vote(election, '--token-file', file('t.txt', box.tokens.get('1001')!))
  expect(noChoices).toMatchObject({ status: 2, stderr: expect.stringContaining('--choices') })
})

test('a file that can not be written is told before anything is asked', async () => {
  const election = file('chapter.election.json', box.form.json)
  const taken = await vote(election, '--out', file('mine.json', 'kept'), '--json')
  expect(taken.status).toBe(5)
  expect(JSON.parse(taken.stdout).error.code).toBe('output-exists')
  const nowhere = await vote(election, '--out', join(box.folder, 'nowhere', 'mine.json'), '--json')
  expect(nowhere.status).toBe(8)
  expect(JSON.parse(nowhere.stdout).error.message).toContain('there is no folder')
})

test('a sealed ballot is never overwritten', async () => {
  const out = file('mine.json', 'kept')
  const run = await vote(...voteOf('1001', await archive()), '--out', out)
  expect(run.status).toBe(5)
  expect(readFileSync(out, 'utf8')).toBe('kept')
})

test('good ballots go in beside refused ones, and the command fails with both told', async () => {
  const good = file('good.json', sealVote(box, '1001'))
  const bad = file('bad.json', 'hello')
  const run = await runCommand(BallotIngest, [good, bad, '--json'])
  expect(run.status).toBe(4)
  const { error } = JSON.parse(run.stdout)
  expect(error.code).toBe('ballots-refused')
  expect(ingestOutput.parse(error.details)).toMatchObject({
    ...{ accepted: 1, refused: 1 },
    refusals: [{ file: bad, code: 'not-json', reason: expect.any(String) }],
  })
  const again = await runCommand(BallotIngest, [good])
  expect(again).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^already {3}\S{43} {2}.*good.json/),
  })
})

test('the board says which ballot counts and which was superseded', async () => {
  const [first, second] = await ingestAll(box.work, [sealVote(box, '1001'), sealVote(box, '1001')])
  for (const source of [[], ['--archive', await archive()]]) {
    const run = await runCommand(Board, [...source, '--json'])
    const board = boardOutput.parse(JSON.parse(run.stdout))
    expect(board).toMatchObject({ ballots: 2, counting: 1 })
    expect(board.list).toEqual([
      { trackingCode: (first as { trackingCode: string }).trackingCode, counts: false },
      { trackingCode: (second as { trackingCode: string }).trackingCode, counts: true },
    ])
    expect(run.stdout).not.toMatch(/Voter Number|1001|2026-03/)
  }
})

test('a ballot that is not on the board is an error', async () => {
  const run = await runCommand(Board, ['--find', 'A'.repeat(43), '--json'])
  expect(run.status).toBe(3)
  expect(JSON.parse(run.stdout).error.code).toBe('ballot-not-found')
})

test('a draft has no board, and takes no ballot', async () => {
  const draft = await draftElection()
  process.env.URNA_FILE = draft.path
  expect((await runCommand(Board, [])).status).toBe(4)
  expect((await runCommand(BallotIngest, [file('x.json', 'x')])).status).toBe(4)
  await draft.close()
})

test('tokens are issued, listed and replaced from the terminal', async () => {
  const draft = await draftElection({ voters: 2 })
  process.env.URNA_FILE = draft.path
  const out = join(draft.folder, 'tokens.csv')
  const issued = await runCommand(TokenIssue, ['--out', out, '--reserve', '1', '--json'])
  expect(issueOutput.parse(withoutAudit(JSON.parse(issued.stdout)))).toEqual({
    ...{
      election: 'chapter',
      voters: 2,
      issued: 2,
      proxies: 0,
      reserve: 1,
      revoked: 0,
      assigned: [],
      file: out,
    },
  })
  const again = await runCommand(TokenIssue, ['--out', out])
  expect(again.stdout).toContain('Every voter has a token already (2 voters).')
  const replacement = join(draft.folder, 'new.csv')
  const replaced = await runCommand(TokenReplace, [
    ...['chapter', '1001', '--reason', 'letter lost', '--out', replacement, '--json'],
  ])
  expect(replaceOutput.parse(withoutAudit(JSON.parse(replaced.stdout)))).toMatchObject({
    number: '1001',
    file: replacement,
  })
  const listed = await runCommand(TokenList, ['--state', 'issued', '--json'])
  const list = listOutput.parse(withoutAudit(JSON.parse(listed.stdout)))
  expect(list.counts).toMatchObject({ issued: 2, used: 0 })
  expect(list.reserve).toEqual({ free: 1, total: 1 })
  expect((await runCommand(TokenList, [])).stdout).toContain('Free reserve tokens: 1 of 1.')
  await draft.close()
})
