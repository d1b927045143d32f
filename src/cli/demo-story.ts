import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import type { DemoStage } from './demo-stage.ts'

type Choices = Record<string, { contests: unknown[] }>

const trustees = [
  { name: 'Bea', file: 'bea' },
  { name: 'Carl', file: 'carl' },
]

/**
 * Plays a whole election in the current, empty folder: from the members' CSV to a verified result, and the
 * runoff that it needs.
 * @param root the folder of the package, which has the cast in templates/demo
 * @returns the public archives, that of the election first
 */
export async function playStory(stage: DemoStage, root: string): Promise<string[]> {
  const cast = fileURLToPath(new URL('templates/demo', root))
  for (const name of ['members.csv', 'election.yaml']) cpSync(`${cast}/${name}`, name)
  const choices = JSON.parse(readFileSync(`${cast}/ballots.json`, 'utf8')) as {
    election: Choices
    recast: Choices
    runoff: Choices
  }

  await setUp(stage)
  const tokens = await open(stage)
  await vote(stage, { tokens, choices: choices.election, recast: choices.recast })
  const archive = await openTheBox(stage, 'club', { rankings: true })
  await stage.playAloud('tally show club')
  await takeAway(stage)
  await stage.playAloud(`verify ${archive} --complete`)
  return [archive, await runoff(stage, { tokens, choices: choices.runoff })]
}

async function setUp(stage: DemoStage): Promise<void> {
  stage.chapter('The club and its election')
  await stage.play(
    'init club.urna --organisation "Harbour Rowing Club"',
    () => 'An encrypted file for everything; its passphrase is in passphrase.txt.',
  )
  await stage.play(
    'voter import members.csv --yes',
    ({ new: added, rejected }) =>
      `${added} members from Excel’s CSV, ${countOf(rejected)} row rejected with the reason.`,
  )
  await stage.play(
    'election create --from election.yaml',
    ({ contests }) => `${countOf(contests)} contests from one file: a majority, a ranking, a motion.`,
  )
  for (const { name, file } of trustees) {
    mkdirSync(file)
    await stage.play(
      `trustee generate ${name} --out ${file}`,
      () => `${name} makes a key; the private half stays on ${name}’s machine.`,
    )
    await stage.play(
      `trustee add ${file}/${file}.public.json`,
      () => `The officer adds ${name} as a trustee.`,
    )
  }
}

/** @returns each voter's token by their number */
async function open(stage: DemoStage): Promise<Map<string, string>> {
  await stage.play(
    'token issue club --reserve 3 --out tokens.csv',
    ({ issued, reserve }) =>
      `${issued} private tokens and ${reserve} in reserve, written once; the file keeps no token.`,
  )
  await stage.play('doctor club', ({ ready }) =>
    ready === true
      ? 'Nothing keeps the election from opening.'
      : 'Something keeps the election from opening.',
  )
  await stage.play(
    'election open club',
    ({ fingerprint }) => `Open. Publish the fingerprint: ${String(fingerprint)}`,
  )
  const rows: Record<string, string>[] = parse(readFileSync('tokens.csv'), { columns: true, bom: true })
  return new Map(rows.map((row) => [row.number ?? '', row.token ?? '']))
}

async function vote(
  stage: DemoStage,
  input: { tokens: Map<string, string>; choices: Choices; recast: Choices },
): Promise<void> {
  stage.chapter('The vote')
  await seal(stage, {
    ...input,
    election: 'club.election.json',
    folder: 'ballots',
    says: 'Fifteen voters seal their ballots, each on their own machine; the first of them:',
  })
  await stage.play(
    'ballot ingest ballots',
    ({ accepted }) => `${String(accepted)} ballots verified and in the box; nobody can read one.`,
  )
  await seal(stage, {
    ...input,
    choices: input.recast,
    election: 'club.election.json',
    folder: 'later',
    says: 'One of them thinks again, and seals another.',
  })
  await stage.play(
    'ballot ingest later',
    () => 'The box takes it in place of the earlier one: the last ballot counts.',
  )
  tamperWithOne()
  await stage.playRefused(
    'ballot ingest tampered.ballot.json',
    () => 'Somebody changed a sealed ballot on its way: refused.',
  )
  await stage.play(
    'board club',
    ({ counting }) => `The public board: ${String(counting)} ballots count; each voter finds their own.`,
  )
  await stage.play('election close club --confirm club', () => 'Closed. From here on nothing can be added.')
}

/** Each voter seals on their own machine, with a token and the public file, and sends a file. */
async function seal(
  stage: DemoStage,
  options: { tokens: Map<string, string>; choices: Choices; election: string; folder: string; says: string },
): Promise<void> {
  const { tokens, choices, election, folder, says } = options
  for (const name of ['voters', folder]) mkdirSync(name, { recursive: true })
  let shown = false
  for (const [number, chosen] of Object.entries(choices)) {
    writeFileSync(`voters/${number}.token.txt`, tokens.get(number) ?? '', { mode: 0o600 })
    writeFileSync(`voters/${number}.choices.json`, JSON.stringify(chosen), { mode: 0o600 })
    const command = `vote ${election} --token-file voters/${number}.token.txt --choices voters/${number}.choices.json --out ${folder}/${number}.ballot.json`
    if (shown) await stage.runQuietly(command.split(' '))
    else await stage.play(command, () => says)
    shown = true
  }
}

function tamperWithOne(): void {
  const ballot = readFileSync('ballots/1001.ballot.json', 'utf8')
  const response = /"response":"(\d)/.exec(ballot)
  const at = (response?.index ?? 0) + '"response":"'.length
  const digit = ballot[at] === '1' ? '2' : '1'
  writeFileSync('tampered.ballot.json', ballot.slice(0, at) + digit + ballot.slice(at + 1))
}

/** The trustees' part: each works from the public archive on their own machine. @returns the archive's name */
async function openTheBox(stage: DemoStage, slug: string, options: { rankings: boolean }): Promise<string> {
  stage.chapter('Opening the box')
  const archive = async () => String((await stage.runQuietly(['export', 'archive', slug])).file)
  for (const { kind, done } of [
    { kind: 'shuffle', done: 'shuffles the rankings, with a proof that none was changed' },
    { kind: 'decrypt', done: 'adds a part of the key, with a proof' },
  ]) {
    if (kind === 'shuffle' && !options.rankings) continue
    for (const { name, file } of trustees) {
      await stage.playRefused(`tally run ${slug}`, (refusal) => refusal.message)
      const made = await stage.play(
        `trustee ${kind} ${await archive()} --key ${file}/${file}.private.json`,
        () => `${name} verifies the public archive and ${done}.`,
      )
      await stage.play(
        `trustee receive ${String(made.file)}`,
        () => `The officer checks ${name}’s file and puts it on the board.`,
      )
    }
  }
  await stage.play(`tally run ${slug}`, () => 'All parts are there: the box is open and counted.')
  const file = await archive()
  await stage.play(`export archive ${slug}`, () => 'The public archive: all that a stranger needs.')
  return file
}

async function takeAway(stage: DemoStage): Promise<void> {
  stage.chapter('What the club takes away')
  await stage.play('export xlsx club', ({ file }) => `A workbook for the board: ${String(file)}`)
  await stage.play('export json club', ({ file }) => `The result for programs: ${String(file)}`)
  await stage.play(
    'export blt club --contest Committee',
    ({ file }) => `The opened rankings for any counter: ${String(file)}`,
  )
}

async function runoff(
  stage: DemoStage,
  input: { tokens: Map<string, string>; choices: Choices },
): Promise<string> {
  stage.chapter('Nobody had more than half: the runoff')
  await stage.play(
    'runoff create club',
    () => 'The first two meet again: same roll, same tokens, same trustees.',
  )
  await stage.play('election open club-runoff', () => 'The runoff is open.')
  await seal(stage, {
    ...input,
    election: 'club-runoff.election.json',
    folder: 'runoff',
    says: 'Fourteen voters come back; the first of them:',
  })
  await stage.play(
    'ballot ingest runoff --election club-runoff',
    ({ accepted }) => `${String(accepted)} ballots, with the tokens of the first round.`,
  )
  await stage.play('election close club-runoff --confirm club-runoff', () => 'Closed.')
  const archive = await openTheBox(stage, 'club-runoff', { rankings: false })
  await stage.playAloud('tally show club-runoff')
  await stage.play(`verify ${archive} --complete`, () => 'Verified from the public archive alone.')
  return archive
}

function countOf(value: unknown): number {
  return Array.isArray(value) ? value.length : Number(value)
}
