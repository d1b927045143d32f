import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { output as invitedOutput } from '../../commands/trustee/invite.ts'
import { output as workedOutput } from '../../commands/trustee/work.ts'
import { findOracle } from '../support/oracle.ts'
import { withoutAudit } from '../support/run-command.ts'
import { startUrna, type UrnaProcess } from '../support/urna-process.ts'

const names = ['Ruth', 'Sam', 'Tess']
const passphrase = 'correct horse battery staple'
const electionYaml = `title: Board 2026
slug: board
zone: Europe/Madrid
contests:
  - title: Chair
    method: plurality
    candidates: [Ada, Bo, Cy]
  - title: Committee
    method: irv
    candidates: [Di, Eli, Flo]
`

let folder: string
let server: UrnaProcess | undefined
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'urna-'))
  for (const name of ['office', ...names]) mkdirSync(join(folder, name))
})
afterAll(async () => {
  server?.child.kill('SIGTERM')
  await server?.finished
  rmSync(folder, { recursive: true, force: true })
})

const officeFile = () => ({ path: join(folder, 'office', 'board.urna'), passphrase })

/** Runs urna as a process of its own, in the folder of one person. */
async function run(who: string, ...argv: string[]): Promise<Record<string, unknown>> {
  const file = who === 'office' ? officeFile() : { path: join(folder, who, 'none.urna'), passphrase }
  const { finished } = startUrna([...argv, '--json'], file, join(folder, who))
  const { status, stdout, stderr } = await finished
  if (status !== 0) throw new Error(`${who}: urna ${argv.join(' ')}: ${stdout}${stderr}`)
  return JSON.parse(stdout) as Record<string, unknown>
}
const office = (...argv: string[]) => run('office', ...argv)

/** What one trustee does now, in words and by the published form. */
async function work(name: string): Promise<string[]> {
  const done = workedOutput.parse(await run(name, 'trustee', 'work', 'invitation.json'))
  return done.steps.map(({ did }) => did)
}

/** All of them at once, each in a process. */
const together = () => Promise.all(names.map(work))

test('two of three trustees, each with a machine and an invitation, make a key and open the votes through the server', async () => {
  writeFileSync(join(folder, 'office', 'members.csv'), 'number,name\n1,Ana\n2,Bea\n')
  writeFileSync(join(folder, 'office', 'election.yaml'), electionYaml)
  await office('init', 'board.urna', '--organisation', 'Rowers')
  await office('voter', 'import', 'members.csv', '--yes')
  await office('election', 'create', '--from', 'election.yaml')
  await office('trustee', 'group', '--threshold', '2', '--of', names.join(','))
  server = startUrna(['serve', '--port', '0'], officeFile(), join(folder, 'office'))
  let log = ''
  server.child.stderr!.on('data', (text: string) => {
    log += text
  })
  await expect.poll(() => log, { timeout: 120_000, interval: 50 }).toMatch(/Serving at (\S+)\. /)
  const url = /Serving at (\S+)\. /.exec(log)![1]!
  const { invited } = invitedOutput.parse(withoutAudit(await office('trustee', 'invite', '--server', url)))
  const secrets = invited.map(({ name, file }) => {
    cpSync(join(folder, 'office', file), join(folder, name, 'invitation.json'))
    rmSync(join(folder, 'office', file))
    return (JSON.parse(readFileSync(join(folder, name, 'invitation.json'), 'utf8')) as { secret: string })
      .secret
  })

  const did: string[] = []
  for (let turn = 0; turn < 6; turn++) did.push(...(await together()).flat())
  expect(did.sort()).toEqual(
    ['certificate', 'checked', 'public_key', 'shares'].flatMap((step) => names.map(() => step)),
  )
  const told = startUrna(['trustee', 'work', 'invitation.json'], officeFile(), join(folder, 'Ruth'))
  const { status, stderr } = await told.finished
  expect([status, stderr]).toEqual([
    0,
    expect.stringMatching(
      /Nothing is awaited of you now, Ruth: your rehearsal is there\.\nEverybody has done their part\. The election officer opens the vote/,
    ),
  ])
  await office('token', 'issue', '--out', 'tokens.csv')
  const { findings } = await office('doctor')
  expect(JSON.stringify(findings)).not.toMatch(/one-key-holder|not-rehearsed|blocks/)
  await office('election', 'open')
  const tokens = readFileSync(join(folder, 'office', 'tokens.csv'), 'utf8').match(/(\w+-){3}\w{6}/g)!
  mkdirSync(join(folder, 'office', 'ballots'))
  for (const [index, ranking] of [
    ['Di', 'Eli'],
    ['Eli', 'Flo', 'Di'],
  ].entries()) {
    const contests = [
      { contest: 'Chair', choices: ['Ada'] },
      { contest: 'Committee', ranking },
    ]
    writeFileSync(join(folder, 'office', 'token.txt'), tokens[index]!)
    writeFileSync(join(folder, 'office', 'choices.json'), JSON.stringify({ contests }))
    const from = ['--token-file', 'token.txt', '--choices', 'choices.json']
    await office('vote', 'board.election.json', ...from, '--out', `ballots/${index}.ballot.json`)
  }
  await office('ballot', 'ingest', 'ballots')
  await office('election', 'close', '--confirm', 'board')

  await expect(office('tally', 'run')).rejects.toThrow('waits for the shuffle of 1 of Ruth, Sam')
  // Three at once, of whom two are needed.
  const shuffled = (await together()).flat()
  expect(shuffled.length).toBeGreaterThanOrEqual(2)
  expect(new Set(shuffled)).toEqual(new Set(['shuffle']))
  await expect(office('tally', 'run')).rejects.toThrow('waits for the decryption of 2 of Ruth, Sam')
  const opened = (await together()).flat()
  expect(opened.length).toBeGreaterThanOrEqual(2)
  expect(new Set(opened)).toEqual(new Set(['decryption']))
  await office('tally', 'run')

  const { file } = await office('export', 'archive')
  const archive = join(folder, 'office', String(file))
  const shown = await office('verify', String(file), '--complete')
  expect(JSON.stringify(shown)).toContain('Ada')
  const events = readFileSync(archive, 'latin1')
  expect(events.match(/"type":"Shuffle"/g)).toHaveLength(3)
  expect(events.match(/"type":"PartialDecryption"/g)).toHaveLength(3)
  const second = fileURLToPath(new URL('../../tools/second-verifier/verify.js', import.meta.url))
  const said = JSON.parse(execFileSync(process.execPath, [second, archive, '--json'], { encoding: 'utf8' }))
  expect(said).toMatchObject({ holds: true })
  const oracle = findOracle()
  if (oracle !== undefined) {
    const { archive: whole, ballots } = await oracle.verify(archive)
    expect(whole, whole.said).toMatchObject({ accepted: true })
    expect(ballots.map(({ accepted }) => accepted)).toEqual([true, true])
  }
  // Nobody's key ever left its folder, and no invitation is in what the server says.
  expect(readdirSync(join(folder, 'office')).filter((name) => name.includes('private'))).toEqual([])
  for (const secret of secrets) expect(log).not.toContain(secret)
}, 600_000)
