import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findOracle } from '../support/oracle.ts'
import { startUrna } from '../support/urna-process.ts'

const names = ['Ruth', 'Sam', 'Tess', 'Uma', 'Vic']

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

const votes = [
  { chair: 'Ada', committee: ['Di', 'Eli'] },
  { chair: 'Ada', committee: ['Eli', 'Flo', 'Di'] },
]

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'urna-'))
  for (const name of ['office', ...names]) mkdirSync(join(folder, name))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs urna as a process of its own, in the folder of one person. */
async function run(who: string, ...argv: string[]): Promise<Record<string, unknown>> {
  const file = who === 'office' ? join(folder, 'office', 'board.urna') : join(folder, who, 'none.urna')
  const { finished } = startUrna([...argv, '--json'], { path: file, passphrase }, join(folder, who))
  const { status, stdout, stderr } = await finished
  if (status !== 0) throw new Error(`${who}: urna ${argv.join(' ')}: ${stdout}${stderr}`)
  return JSON.parse(stdout) as Record<string, unknown>
}
const passphrase = 'correct horse battery staple'
const office = (...argv: string[]) => run('office', ...argv)

/** What somebody sends comes into the folder of whom it is for; nothing else of one folder is seen in another. */
function send(from: string, file: string, to: string): string {
  const name = file.split('/').at(-1)!
  writeFileSync(join(folder, to, name), readFileSync(join(folder, from, file)))
  return name
}

async function answer(name: string, file: string, ...flags: string[]): Promise<string> {
  const done = await run(name, 'trustee', 'continue', send('office', file, name), ...flags)
  return send(name, String(done.file), 'office')
}

async function inPairs<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = []
  for (let i = 0; i < items.length; i += 2) done.push(...(await Promise.all(items.slice(i, i + 2).map(work))))
  return done
}

describe('three of five trustees, each on a machine of their own,', () => {
  test('make a key, shuffle and decrypt, and everybody can check what came out', async () => {
    writeFileSync(join(folder, 'office', 'members.csv'), 'number,name\n1,Ana\n2,Bea\n')
    writeFileSync(join(folder, 'office', 'election.yaml'), electionYaml)
    await office('init', 'board.urna', '--organisation', 'Rowers')
    await office('voter', 'import', 'members.csv', '--yes')
    await office('election', 'create', '--from', 'election.yaml')
    await office('trustee', 'group', '--threshold', '3', '--of', names.join(','))
    for (let round = 1; round <= 4; round++) {
      const { file } = await office('trustee', 'message')
      const answers = await inPairs(names, (name) =>
        answer(name, String(file), ...(round === 1 ? ['--name', name] : [])),
      )
      const { received } = await office('trustee', 'receive', ...answers)
      expect(received).toHaveLength(5)
    }
    await office('token', 'issue', '--out', 'tokens.csv')
    const { findings } = await office('doctor')
    expect(JSON.stringify(findings)).not.toMatch(/one-key-holder|not-rehearsed|blocks/)
    await office('election', 'open')

    const tokens = readFileSync(join(folder, 'office', 'tokens.csv'), 'utf8').match(/(\w+-){3}\w{6}/g)!
    mkdirSync(join(folder, 'office', 'ballots'))
    for (const [index, { chair, committee }] of votes.entries()) {
      const contests = [
        { contest: 'Chair', choices: [chair] },
        { contest: 'Committee', ranking: committee },
      ]
      writeFileSync(join(folder, 'office', 'token.txt'), tokens[index]!)
      writeFileSync(join(folder, 'office', 'choices.json'), JSON.stringify({ contests }))
      const out = `ballots/${index}.ballot.json`
      const from = ['--token-file', 'token.txt', '--choices', 'choices.json', '--out', out]
      await office('vote', 'board.election.json', ...from)
    }
    await office('ballot', 'ingest', 'ballots')
    await office('election', 'close', '--confirm', 'board')

    // Two are away; any three will do, in any order.
    const present = ['Vic', 'Ruth', 'Tess']
    await expect(office('tally', 'run')).rejects.toThrow('waits for the shuffle of 1 of Ruth, Sam')
    for (const name of present) {
      const { file } = await office('export', 'archive')
      const sent = await answer(name, String(file))
      expect(sent).toContain('shuffle')
      await office('trustee', 'receive', sent)
    }
    await expect(office('tally', 'run')).rejects.toThrow('waits for the decryption of 3 of Ruth, Sam')
    const { file: shuffled } = await office('export', 'archive')
    const decryptions = await inPairs(present, (name) => answer(name, String(shuffled)))
    await office('trustee', 'receive', ...decryptions)
    await office('tally', 'run')
    const { file } = await office('export', 'archive')
    const archive = join(folder, 'office', String(file))
    const shown = await run('Sam', 'verify', send('office', String(file), 'Sam'), '--complete')
    expect(JSON.stringify(shown)).toContain('Ada')
    const events = readFileSync(archive, 'latin1')
    expect(events.match(/"type":"Shuffle"/g)).toHaveLength(4)
    expect(events.match(/"type":"PartialDecryption"/g)).toHaveLength(4)
    await expect(answer('Uma', String(file))).rejects.toThrow('Enough of your group have decrypted')
    const second = fileURLToPath(new URL('../../tools/second-verifier/verify.js', import.meta.url))
    const said = JSON.parse(execFileSync(process.execPath, [second, archive, '--json'], { encoding: 'utf8' }))
    expect(said).toMatchObject({ holds: true })
    const oracle = findOracle()
    if (oracle !== undefined) {
      const { archive: whole, ballots } = await oracle.verify(archive)
      expect(whole, whole.said).toMatchObject({ accepted: true })
      expect(ballots.map(({ accepted }) => accepted)).toEqual([true, true])
    }
    // Nobody's key ever left its folder.
    expect(readdirSync(join(folder, 'office')).filter((name) => name.includes('private'))).toEqual([])
  }, 600_000)
})
