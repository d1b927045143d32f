import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import RollCorrect, { output as correctOutput } from '../../commands/roll/correct.ts'
import RollShow, { output as showOutput } from '../../commands/roll/show.ts'
import VoterImport, { output as importOutput } from '../../commands/voter/import.ts'
import VoterList, { output as listOutput } from '../../commands/voter/list.ts'
import { refreshRoll } from '../../src/register/roll.ts'
import { type CommandRun, runCommand, withoutAudit } from '../support/run-command.ts'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'
import { addElection, open } from './fixtures.ts'
import { members } from './import-harness.ts'

const messy = `sep=;
Nº socio;Vorname;Name;E-Mail;Telefon;Status;Ortsgruppe;Stimmen;DNI;Schuhgröße
1001;Ana;Beltrán;Ana.Beltran@example.org;+34 600-100 200;aktiv;Nord;1;12.345.678-Z;39
1002;"Bruno
Kurt";Díaz;bruno@example.org;;aktiv;Nord;0,5;X1234567L;44
1003;Chloé;Martin;chloe@@example;600100300;aktiv;Süd;1.000.000;77777777J;40
1001;Dora;Doppelt;dora@example.org;;aktiv;Süd;1;88888888Y;
1005;Emil;Berg;emil@example.org;;ruhend;Süd;1;12345678z;41
1006;Fred "Fritz" Berg;x;y;99999999R
1007;Ana;Beltran;;3,46E+10;;;;66666666Q;
1008;Gert;"Groß, Dr.";gert@example.org;600100200;aktiv;Süd;;;€
1009;Ana;Beltran;ana2@example.org;;ruhend;;1;;
1010;Ida;55555555K
`.replaceAll('\n', '\r\n')
const nationalIds = /12.?345.?678|X1234567L|77777777J|88888888Y|99999999R|66666666Q|55555555K/i

let urna: TemporaryUrna
let csv: string
beforeEach(async () => {
  urna = await temporaryUrna()
  process.env.URNA_PASSPHRASE = urna.passphrase
  csv = join(urna.folder, 'messy.csv')
  writeFileSync(csv, messy)
})
afterEach(async () => {
  vi.unstubAllGlobals()
  delete process.env.URNA_PASSPHRASE
  await urna.close()
})

const run = (command: unknown, ...argv: string[]): Promise<CommandRun> =>
  runCommand(command, [...argv, '--file', urna.path])
const importing = (...argv: string[]) => run(VoterImport, csv, ...argv)

test('a messy file is shown before anything is written', async () => {
  const { status, stdout, stderr } = await importing('--dry-run')
  expect(status).toBe(0)
  expect(stderr).toContain('--yes')
  await expect(stdout).toMatchFileSnapshot('../golden/register/preview.txt')
  expect(await members(urna.work)).toEqual([])
})

test('the second time, and after a change, the preview says what is different', async () => {
  await importing('--yes')
  const same = await importing('--dry-run')
  expect(same.stdout).toContain('Nothing to change')
  writeFileSync(
    csv,
    'number;name;status;weight;DNI\n1001;Ana Beltrán;retired;2.5;99A\n1002;Bruno Kurt Díaz;;0,5;\n',
  )
  const { stdout } = await importing('--yes')
  await expect(stdout).toMatchFileSnapshot('../golden/register/changes.txt')
})

test('a program gets the same in the shape that is promised', async () => {
  const rejects = join(urna.folder, 'rejected.csv')
  const { status, stdout, stderr } = await importing('--yes', '--rejects', rejects, '--json')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const result = importOutput.parse(withoutAudit(JSON.parse(stdout)))
  expect(result).toMatchObject({
    ...{ applied: true, new: 4, changed: 0, unchanged: 0, rejected: 6, rejects },
    ...{ numberFromEmail: false, customFields: ['Schuhgröße'] },
  })
  expect(result.first.rejected.map(({ line }) => line)).toEqual([6, 7, 8, 9, 10, 13])
})

test('rejected rows are written for their owner alone, and taken once they are mended', async () => {
  const rejects = join(urna.folder, 'rejected.csv')
  await importing('--yes', '--rejects', rejects)
  expect(statSync(rejects).mode & 0o777).toBe(0o600)
  const written = readFileSync(rejects, 'utf8')
  expect(written).toContain(
    '1003;Chloé;Martin;chloe@@example;600100300;aktiv;Süd;1.000.000;***;40;6;E-Mail; Stimmen'.slice(0, 70),
  )
  const [header, ...rows] = written.split('\n')
  const mended = rows
    .find((row) => row.startsWith('1003'))
    ?.replace('@@', '@')
    .replace('.org', '')
    .replace('1.000.000', '1')
  writeFileSync(
    csv,
    `${header}\n${mended?.replace('chloe@example', 'chloe@example.org').replace('***', '77777777J')}\n`,
  )
  const again = importOutput.parse(withoutAudit(JSON.parse((await importing('--yes', '--json')).stdout)))
  expect(again).toMatchObject({ new: 1, rejected: 0, customFields: ['Schuhgröße'] })
  const refused = await importing('--dry-run', '--rejects', rejects)
  expect({ status: refused.status, text: refused.stderr }).toMatchObject({
    status: 5,
    text: expect.stringContaining('never overwrites'),
  })
})

test('no byte of any file, and nothing that is printed, holds a national id', async () => {
  const rejects = join(urna.folder, 'rejected.csv')
  const runs = [
    await importing('--yes', '--rejects', rejects),
    await importing('--yes', '--strict'),
    await importing('--dry-run', '--json'),
    await run(VoterList, '--json'),
  ]
  expect(runs.map(({ status }) => status)).toEqual([0, 4, 0, 0])
  const printed = runs.map(({ stdout, stderr }) => stdout + stderr).join('\n')
  expect(printed).not.toMatch(nationalIds)
  const files = readdirSync(urna.folder).filter((name) => name !== 'messy.csv')
  expect(files).toEqual(expect.arrayContaining(['rejected.csv', 'test.urna', 'test.urna-wal']))
  for (const name of files) expect(readFileSync(join(urna.folder, name), 'latin1')).not.toMatch(nationalIds)
  // Decrypted, too.
  const tables = await urna.work.read(async ({ db }) => [
    await db.selectFrom('member').selectAll().execute(),
    await db.selectFrom('audit_entry').selectAll().execute(),
  ])
  expect(JSON.stringify(tables)).not.toMatch(nationalIds)
  expect(tables[0]).toHaveLength(4)
})

test('without a terminal nobody is asked: the flag is named, and nothing is written', async () => {
  const { status, stderr } = await importing()
  expect(status).toBe(2)
  expect(stderr).toContain('Give it with --yes (or only look at them, with --dry-run).')
  expect(await members(urna.work)).toEqual([])
})

test('with --strict one bad row stops everything, with exit 4', async () => {
  const { status, stdout } = await importing('--yes', '--strict', '--json')
  expect(status).toBe(4)
  expect(JSON.parse(stdout).error).toMatchObject({ code: 'rows-rejected', details: { rejected: 6 } })
  expect(await members(urna.work)).toEqual([])
})

test('members come in through a pipe', async () => {
  const pipe = (async function* () {
    yield Buffer.from('number,name\n1,Ana\n')
  })()
  vi.spyOn(process, 'stdin', 'get').mockReturnValue(pipe as unknown as typeof process.stdin)
  const { status } = await run(VoterImport, '-', '--yes')
  vi.restoreAllMocks()
  expect(status).toBe(0)
  expect(await members(urna.work)).toMatchObject([{ number: '1', name: 'Ana' }])
})

test('a file that is not there is refused by name', async () => {
  const { status, stderr } = await run(VoterImport, 'nowhere.csv', '--yes')
  expect(status).toBe(2)
  expect(stderr).toContain("nowhere.csv can't be read: there is no such file.")
})

test('the sample that comes with urna is imported without a complaint', async () => {
  const sample = new URL('../../templates/members.csv', import.meta.url).pathname
  const { stdout } = await run(VoterImport, sample, '--yes', '--json')
  const result = importOutput.parse(withoutAudit(JSON.parse(stdout)))
  expect(result).toMatchObject({ new: 4, rejected: 0, customFields: [] })
})

test('the roll is shown and corrected, for people and for programs', async () => {
  await importing('--yes')
  const election = await addElection(urna.work, 'board', { eligibility: { statuses: ['aktiv'] } })
  const draft = await run(RollShow, 'board')
  expect(draft.stdout).toContain('board: 3 voters would be on the roll now.')
  await urna.work.write('test', (tx) => refreshRoll(tx, election))
  await open(urna.work, election)

  const added = await run(RollCorrect, '--add', '1009', '--reason', 'paid late')
  expect(added.stdout).toBe('1009 Ana Beltran is now on the roll of board.\n')
  expect(added.stderr).toContain('urna token issue board')
  const struck = await run(RollCorrect, 'board', '--strike', '1002', '--reason', 'left', '--json')
  expect(correctOutput.parse(withoutAudit(JSON.parse(struck.stdout)))).toMatchObject({
    kind: 'strike',
    changed: true,
  })
  expect((await run(RollCorrect, '--strike', '1001')).status).toBe(2)
  expect((await run(RollCorrect, '--strike', '1', '--add', '2', '--reason', 'x')).status).toBe(2)

  const shown = await run(RollShow)
  const moment = /\d{4}-\d\d-\d\d \d\d:\d\d UTC/g
  const officer = new RegExp(`\\b${process.env.USER ?? 'root'}\\b`, 'g')
  await expect(
    shown.stdout.replace(moment, 'YYYY-MM-DD hh:mm UTC').replace(officer, 'who'),
  ).toMatchFileSnapshot('../golden/register/roll.txt')
  const roll = showOutput.parse(JSON.parse((await run(RollShow, '--json')).stdout))
  expect(roll).toMatchObject({ size: 3, corrections: [{ kind: 'add' }, { kind: 'strike' }] })

  const voters = await run(VoterList, '--election', 'board', '--json')
  const { people } = listOutput.parse(JSON.parse(voters.stdout))
  expect(people.map(({ number, weight, correction }) => [number, weight, correction])).toEqual([
    ['1001', '1', null],
    ['1002', '0.5', 'struck'],
    ['1008', '1', null],
    ['1009', '1', 'added'],
  ])
  const found = await run(VoterList, '--search', 'gross')
  expect(found.stdout).toContain('0 members found.')
  expect((await run(VoterList, '--search', 'beltran', '--limit', '1')).stdout).toContain(
    '2 members found, the first 1 shown.',
  )
  expect(existsSync(join(urna.folder, 'rejected.csv'))).toBe(false)
})

test('standard input can not be both the passphrase and the members', async () => {
  const { status, stderr } = await run(VoterImport, '-', '--yes', '--passphrase-stdin')
  expect(status).toBe(2)
  expect(stderr).toContain('not both')
})
