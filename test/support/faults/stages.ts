import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { runPlainly } from './strace.ts'

export const passphrase = 'correct horse battery staple'

/** How far an election has come; each stage is the one before and some commands more. */
export const stageNames = [
  'nothing',
  'founded',
  'draft',
  'issued',
  'open',
  'voted',
  'closing',
  'closed',
  'shuffled',
  'decrypted',
  'tallied',
  'announced',
  'published',
  'certified',
] as const
export type StageName = (typeof stageNames)[number]

/** Where the handle of an API key is. */
const keyName = 'key.txt'

/** The words of a command in a folder: `{key}` stands for the API key that is there. */
export function wordsIn(folder: string, words: string): string[] {
  return words
    .split(' ')
    .map((word) => (word === '{key}' ? readFileSync(join(folder, keyName), 'utf8') : word))
}

const election = `title: Club 2026
slug: club
zone: Europe/Madrid
contests:
  - title: Chair
    method: majority
    candidates: [Ada, Bo, Cy]
  - title: Committee
    method: irv
    candidates: [Di, Eli, Flo]
`
const chosen = (chair: string, ranking: readonly string[]) => ({
  contests: [
    { contest: 'Chair', choices: [chair] },
    { contest: 'Committee', ranking },
  ],
})
const votes: Readonly<Record<string, unknown>> = {
  '1': chosen('Ada', ['Di', 'Eli']),
  '2': chosen('Bo', ['Flo', 'Eli']),
}

/** A small election in a folder, as it was at every stage. */
export class Stages {
  readonly #root = realpathSync(mkdtempSync(join(tmpdir(), 'urna-faults-')))
  #copies = 0

  /** A copy of the folder at a stage. */
  copy(stage: StageName): string {
    const folder = join(this.#root, `${stage}-${++this.#copies}`)
    cpSync(this.#of(stage), folder, { recursive: true })
    return folder
  }

  remove(): void {
    rmSync(this.#root, { recursive: true, force: true })
  }

  #of(stage: StageName): string {
    return join(this.#root, stage)
  }

  /** Plays the election to its end, or to a stage. */
  async make(to?: StageName): Promise<this> {
    let last = this.#of('nothing')
    mkdirSync(last)
    writeFileSync(join(last, 'members.csv'), 'number,name\n1,Ana\n2,Ben\n3,Cleo\n')
    writeFileSync(join(last, 'more.csv'), 'number,name\n4,Dan\n5,Eva\n')
    writeFileSync(join(last, 'rejected.csv'), 'number,name\n4,Dan\n,Nobody\n')
    writeFileSync(join(last, 'candidates.csv'), 'name\nGus\nHal\n')
    writeFileSync(join(last, 'election.yaml'), election)
    writeFileSync(join(last, 'another.txt'), 'another good passphrase\n')
    for (const [name, play] of plays) {
      const folder = this.#of(name)
      cpSync(last, folder, { recursive: true })
      await play(async (line, expected = 0) => {
        const { status, stdout, stderr } = await runPlainly(folder, line.split(' '))
        if (status !== expected) throw new Error(`urna ${line}: ${stdout}${stderr}`)
        return stdout
      }, folder)
      last = folder
      if (name === to) break
    }
    return this
  }
}

type Play = (run: (line: string, status?: number) => Promise<string>, folder: string) => Promise<unknown>
/** The tally has done its own part, and waits for a trustee's. */
const waits = 4

const plays: [StageName, Play][] = [
  [
    'founded',
    async (run) => {
      await run('init club.urna --organisation Club')
      await run('voter import members.csv --yes')
    },
  ],
  [
    'draft',
    async (run, folder) => {
      await run('election create --from election.yaml')
      await run('trustee generate Bea')
      await run('trustee add bea.public.json')
      await run('officer add Oda --email oda@club.example --role owner')
      await run('trustee generate Carl')
      const made = JSON.parse(await run('key create oda@club.example --scope all --json')) as {
        handle: string
      }
      writeFileSync(join(folder, keyName), made.handle)
    },
  ],
  ['issued', (run) => run('token issue club --reserve 2 --out tokens.csv')],
  [
    'open',
    async (run, folder) => {
      await run('election open club')
      const rows: Record<string, string>[] = parse(readFileSync(join(folder, 'tokens.csv')), {
        ...{ bom: true, columns: true },
      })
      mkdirSync(join(folder, 'ballots'))
      for (const [number, choices] of Object.entries(votes)) {
        const token = rows.find((row) => row.number === number)?.token ?? ''
        writeFileSync(join(folder, `${number}.token`), token)
        writeFileSync(join(folder, `${number}.choices`), JSON.stringify(choices))
        await run(
          `vote club.election.json --token-file ${number}.token --choices ${number}.choices --out ballots/${number}.json`,
        )
      }
    },
  ],
  ['voted', (run) => run('ballot ingest ballots')],
  ['closing', (run) => run('election close club --confirm club')],
  [
    'closed',
    async (run) => {
      await run('tally run club', waits)
      await run('export archive club --out closed.bel')
      await run('trustee shuffle closed.bel --key bea.private.json --out shuffle.json')
    },
  ],
  [
    'shuffled',
    async (run) => {
      await run('trustee receive shuffle.json')
      await run('tally run club', waits)
      await run('export archive club --out shuffled.bel')
      await run(
        'trustee decrypt shuffled.bel --key bea.private.json --shuffle shuffle.json --out decryption.json',
      )
    },
  ],
  ['decrypted', (run) => run('trustee receive decryption.json')],
  [
    'tallied',
    async (run) => {
      await run('tally run club')
      await run('export blt club --contest Committee --out ballots.blt')
    },
  ],
  ['announced', (run) => run('election publish club --at 2030-01-01T09:00')],
  ['published', (run) => run('election publish club')],
  ['certified', (run) => run('election certify club')],
]
