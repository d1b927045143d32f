import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { refusals } from '../../src/errors.ts'
import { deeds, reading } from '../support/faults/deeds.ts'
import type { StageName } from '../support/faults/plays.ts'
import { passphrase } from '../support/faults/process.ts'
import { Stages, wordsIn } from '../support/faults/stages.ts'
import { runCommand } from '../support/run-command.ts'

const all = process.env.URNA_FAULTS === '1'
/** At how many places, evenly spread, a file is damaged: at every second a bit is changed, at the others it is cut short. */
const places = all ? 60 : 16

interface Input {
  readonly at: StageName
  /** The file that is damaged. */
  readonly file: string
  /** The command that reads it. */
  readonly words: string
  /** What of the JSON nothing proves to be as somebody wrote it; `all` where nothing proves anything. */
  readonly open?: readonly string[] | 'all'
  /** What the command takes from it, where that is not all of its JSON. */
  readonly read?: (text: string) => unknown
  /** Is tried without `URNA_FAULTS` as well. */
  readonly always?: boolean
}

const inputs: readonly Input[] = [
  { at: 'founded', file: 'more.csv', words: 'voter import more.csv --yes', open: 'all' },
  { at: 'founded', file: 'election.yaml', words: 'election create --from election.yaml', open: 'all' },
  {
    ...{ at: 'draft', file: 'candidates.csv', open: 'all' },
    words: 'candidate import candidates.csv club --contest Committee',
  },
  { at: 'by hand', file: 'totals.csv', words: 'tally enter show totals.csv', open: 'all' },
  { at: 'tallied', file: 'ballots.blt', words: 'count ballots.blt --method irv', open: 'all' },
  { at: 'draft', file: 'carl.public.json', words: 'trustee add carl.public.json club', open: ['name'] },
  {
    at: 'draft',
    file: 'words.txt',
    words: 'trustee restore --name Bea --words-file words.txt --public-key {public} --out restored',
    read: (text) => text.match(/\p{L}+/gu),
  },
  {
    at: 'draft',
    file: 'oda.officer.public.json',
    words: 'officer register oda@club.example oda.officer.public.json',
  },
  {
    ...{ at: 'published', file: 'ada.officer.private.json', open: ['name'] },
    words: 'election certify club --key ada.officer.private.json',
  },
  {
    ...{ at: 'closed', file: 'bea.private.json', open: ['name'], always: true },
    words: 'trustee shuffle closed.bel --key bea.private.json --out made.json',
  },
  {
    at: 'draft',
    file: 'bea.private.json',
    words: 'trustee backup bea.private.json --out bea.pdf',
    open: ['name'],
  },
  {
    at: 'first round',
    file: '*.round-1.json',
    words: 'trustee continue *.round-1.json --name Xan --folder xan',
    open: 'all',
  },
  ...(
    [
      ['first answer', 'certificate'],
      ['second answer', 'shares'],
      ['third answer', 'public-key'],
      ['rehearsed', 'rehearsal'],
    ] as const
  ).map(([at, kind]) => ({
    ...{ at, file: `xan/*.${kind}.json` },
    words: `trustee receive xan/*.${kind}.json --election club`,
  })),
  ...(
    [
      ['second round', 'round-2', ['election']],
      ['all keys', 'trustees', ['names', 'election']],
    ] as const
  ).map(([at, kind, open]) => ({
    ...{ at, file: `*.${kind}.json`, open },
    words: `trustee continue *.${kind}.json --folder xan`,
  })),
  {
    ...{ at: 'third round', file: '*.round-3.json', words: 'trustee continue *.round-3.json --folder xan' },
    // Of what is for each of them, a trustee can read their own alone.
    read: (text) => {
      const { election: _, inputs, ...message } = JSON.parse(text) as { election: unknown; inputs: unknown[] }
      return { ...message, inputs: [inputs[0], inputs.length] }
    },
  },
  { at: 'requested', file: 'request.json', words: 'token generate request.json', open: 'all' },
  {
    at: 'generated',
    file: 'club-credentials.json',
    words: 'token register club club-credentials.json',
    open: 'all',
  },
  { at: 'open', file: 'ballots/1.json', words: 'ballot ingest ballots/1.json', always: true },
  {
    ...{ at: 'open', file: 'club.election.json', open: 'all' },
    words: 'vote club.election.json --token-file 1.token --choices 1.choices --out again.json',
  },
  { at: 'closed', file: 'closed.bel', words: 'verify closed.bel', always: true },
  { at: 'closed', file: 'shuffle.json', words: 'trustee receive shuffle.json' },
  { at: 'shuffled', file: 'decryption.json', words: 'trustee receive decryption.json' },
  { at: 'exported', file: 'log.jsonl', words: 'audit verify log.jsonl' },
  {
    at: 'exported',
    file: 'club.certificate.json',
    words: 'verify out.bel --certificate club.certificate.json',
  },
  { at: 'exported', file: 'safe.urna', words: 'restore safe.urna --to again.urna' },
]

/** The commands, by their words. */
const commands = [...reading, ...Object.keys(deeds)]

async function run(words: readonly string[]) {
  const id = commands.find((each) => words.slice(0, each.split(':').length).join(':') === each)!
  const path = `../../commands/${id.replace(':', '/')}.ts`
  const { default: command } = (await import(/* @vite-ignore */ path)) as { default: unknown }
  const { status, stdout } = await runCommand(command, [...words.slice(id.split(':').length), '--json'])
  const { error } = JSON.parse(stdout) as { error?: { code: string; message: string } }
  return { status, error }
}

/** The bytes with one bit changed at a place, or cut short there. */
function damaged(bytes: Buffer, index: number, place: number): Buffer {
  if (index % 2 === 1) return bytes.subarray(0, place)
  const changed = Buffer.from(bytes)
  changed[place] = bytes[place]! ^ (1 << (index % 8))
  return changed
}

/** Whether it says what the other one says, but for what nothing proves. */
function saysTheSame(bytes: Buffer, original: Buffer, { open = [], read }: Input): boolean {
  if (open === 'all') return true
  if (read !== undefined) return isDeepStrictEqual(read(bytes.toString()), read(original.toString()))
  const plain = (text: Buffer) => {
    const value = JSON.parse(text.toString()) as Record<string, unknown>
    for (const name of open) delete value[name]
    return value
  }
  try {
    return isDeepStrictEqual(plain(bytes), plain(original))
  } catch {
    return bytes.toString().trimEnd() === original.toString().trimEnd()
  }
}

describe('an input that is damaged', () => {
  const stages = new Stages()
  const home = process.cwd()
  beforeAll(() => {
    Object.assign(process.env, { URNA_FILE: 'club.urna', URNA_PASSPHRASE: passphrase, URNA_OFFICER: 'ada' })
  })
  afterEach(() => process.chdir(home))
  afterAll(() => {
    for (const name of ['URNA_FILE', 'URNA_PASSPHRASE', 'URNA_OFFICER']) delete process.env[name]
    stages.remove()
  })

  test.each(inputs.filter(({ always }) => all || always === true))(
    '$file, for $words, is told or not taken for another',
    { timeout: 600_000 },
    async (input) => {
      const { at, file, words } = input
      const wrong: unknown[] = []
      const played = await stages.of(at)
      const [name] = wordsIn(played, file)
      const original = readFileSync(join(played, name!))
      const count = Math.min(places, original.length)
      for (let index = 0; index < count; index++) {
        const place = Math.floor((index * original.length) / count)
        const folder = await stages.copy(at)
        const bytes = damaged(original, index, place)
        writeFileSync(join(folder, name!), bytes)
        process.chdir(folder)
        const { status, error } = await run(wordsIn(folder, words))
        const told = error !== undefined && error.code in refusals && /\.$/.test(error.message)
        if (error === undefined ? !saysTheSame(bytes, original, input) : !told || status === 1) {
          wrong.push({ place, cut: index % 2 === 1, status, error })
        }
        process.chdir(home)
        rmSync(folder, { recursive: true })
      }
      expect(wrong).toEqual([])
    },
  )
})
