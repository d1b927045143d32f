import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { wordsOfSecret } from '../../../src/tally/key-words.ts'
import { bounceNotice } from '../bounce-notice.ts'
import { mailServer } from '../mail-server.ts'
import { anotherPassphrase } from './process.ts'

/** How far an election has come. */
export type StageName =
  | 'nothing'
  | 'founded'
  | 'given'
  | 'draft'
  | 'requested'
  | 'generated'
  | 'grouped'
  | 'first round'
  | 'second round'
  | 'third round'
  | 'all keys'
  | 'first answer'
  | 'second answer'
  | 'third answer'
  | 'rehearsed'
  | 'issued'
  | 'open'
  | 'mailed'
  | 'voted'
  | 'guarded'
  | 'asked'
  | 'troubled'
  | 'backed up'
  | 'closing'
  | 'closed'
  | 'watched'
  | 'shuffled'
  | 'decrypted'
  | 'tallied'
  | 'announced'
  | 'published'
  | 'certified'
  | 'exported'
  | 'by hand'
  | 'signed'

interface Scene {
  readonly folder: string
  /** Runs a command, which has to end with the status. @returns what it printed */
  run(line: string, status?: number): Promise<string>
  /** @returns the address of a server that answers everybody with these bytes */
  serve(bytes: Uint8Array): Promise<string>
}

export interface Play {
  /** The stage that it goes on from. */
  readonly from?: StageName
  play(scene: Scene): Promise<unknown> | unknown
}

/** Where the handle of an API key is. */
export const keyName = 'key.txt'
/** Where the address of a board is. */
export const addressName = 'address.txt'

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
const small = (slug: string, visibility: string) => `title: Small
slug: ${slug}
zone: Europe/Madrid
visibility: ${visibility}
contests:
  - title: Chair
    method: plurality
    candidates: [Ada, Bo]
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

const files: Readonly<Record<string, string>> = {
  'members.csv':
    'number,name,email\n1,Ana,ana@club.example\n2,Ben,ben@club.example\n3,Cleo,cleo@club.example\n',
  'more.csv': 'number,name\n4,Dan\n5,Eva\n',
  'rejected.csv': 'number,name\n4,Dan\n,Nobody\n',
  'delegations.csv': 'from,to\n1,2\n',
  'candidates.csv': 'name\nGus\nHal\n',
  'election.yaml': election,
  'show.yaml': small('show', 'manual'),
  'signed.yaml': small('signed', 'open'),
  'totals.csv': 'contest,option,votes\nChair,Ada,2\nChair,Bo,1\n',
  'another.txt': `${anotherPassphrase}\n`,
}

/** The tally has done its own part, and waits for a trustee's. */
const waits = 4

/** Seals a ballot of a voter. */
async function vote(scene: Scene, slug: string, number: string, choices: unknown): Promise<void> {
  const { folder, run } = scene
  const rows: Record<string, string>[] = parse(readFileSync(join(folder, 'tokens.csv')), {
    ...{ bom: true, columns: true },
  })
  mkdirSync(join(folder, 'ballots'), { recursive: true })
  writeFileSync(join(folder, `${number}.token`), rows.find((row) => row.number === number)?.token ?? '')
  writeFileSync(join(folder, `${number}.choices`), JSON.stringify(choices))
  await run(
    `vote ${slug}.election.json --token-file ${number}.token --choices ${number}.choices --out ballots/${number}.json`,
  )
}

/** A round of the key ceremony of two trustees, and what the officer sends then. */
async function round({ run }: Scene, message: string, answer: string): Promise<void> {
  for (const name of ['Xan', 'Yve']) {
    await run(`trustee continue ${message} --name ${name} --folder ${name.toLowerCase()}`)
  }
  await run(`trustee receive xan/${answer} yve/${answer} --election club`)
  await run('trustee message club')
}

/** What is done at each stage. */
export const plays: Readonly<Record<StageName, Play>> = {
  nothing: {
    play: ({ folder }) => {
      mkdirSync(folder)
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    },
  },
  founded: {
    from: 'nothing',
    play: async ({ run }) => {
      await run('init club.urna --organisation Club')
      await run('voter import members.csv --yes')
    },
  },
  given: { from: 'founded', play: ({ run }) => run('delegation add 1 2 --reason Away') },
  draft: {
    from: 'founded',
    play: async ({ run, folder }) => {
      await run('election create --from election.yaml')
      await run('trustee generate Bea')
      await run('trustee add bea.public.json')
      await run('trustee generate Carl')
      const { secretKey } = JSON.parse(readFileSync(join(folder, 'bea.private.json'), 'utf8')) as {
        secretKey: string
      }
      writeFileSync(join(folder, 'words.txt'), wordsOfSecret(secretKey).join(' '))
      mkdirSync(join(folder, 'restored'))
      for (const name of ['Oda', 'Ada', 'Ben']) {
        await run(`officer add ${name} --email ${name.toLowerCase()}@club.example --role owner`)
        await run(`officer generate ${name}`)
      }
      await run('officer register ada@club.example ada.officer.public.json')
      await run('officer register ben@club.example ben.officer.public.json')
      const made = JSON.parse(await run('key create oda@club.example --scope all --json')) as {
        handle: string
      }
      writeFileSync(join(folder, keyName), made.handle)
    },
  },
  requested: { from: 'draft', play: ({ run }) => run('token request club --reserve 1 --out request.json') },
  generated: { from: 'requested', play: ({ run }) => run('token generate request.json') },
  grouped: {
    from: 'draft',
    play: async ({ run, folder }) => {
      await run('trustee group club --threshold 2 --of Xan,Yve')
      for (const name of ['xan', 'yve']) mkdirSync(join(folder, name))
    },
  },
  'first round': { from: 'grouped', play: ({ run }) => run('trustee message club') },
  'second round': {
    from: 'first round',
    play: (scene) => round(scene, '*.round-1.json', '*.certificate.json'),
  },
  'third round': { from: 'second round', play: (scene) => round(scene, '*.round-2.json', '*.shares.json') },
  'all keys': { from: 'third round', play: (scene) => round(scene, '*.round-3.json', '*.public-key.json') },
  'first answer': {
    from: 'first round',
    play: ({ run }) => run('trustee continue *.round-1.json --name Xan --folder xan'),
  },
  'second answer': {
    from: 'second round',
    play: ({ run }) => run('trustee continue *.round-2.json --folder xan'),
  },
  'third answer': {
    from: 'third round',
    play: ({ run }) => run('trustee continue *.round-3.json --folder xan'),
  },
  rehearsed: { from: 'all keys', play: ({ run }) => run('trustee continue *.trustees.json --folder xan') },
  issued: { from: 'draft', play: ({ run }) => run('token issue club --reserve 2 --out tokens.csv') },
  open: {
    from: 'issued',
    play: async (scene) => {
      await scene.run('election open club')
      for (const [number, choices] of Object.entries(votes)) await vote(scene, 'club', number, choices)
    },
  },
  mailed: {
    from: 'open',
    play: async ({ run, folder }) => {
      const server = await mailServer()
      writeFileSync(join(folder, 'mail.json'), JSON.stringify({ url: server.url, from: 'vote@club.example' }))
      try {
        await run('send mail club --tokens tokens.csv --mail mail.json --links https://vote.club.example')
      } finally {
        await server.close()
      }
      mkdirSync(join(folder, 'returned'))
      for (const [index, mail] of server.received.slice(1).entries()) {
        writeFileSync(join(folder, 'returned', `${index}.eml`), bounceNotice(mail))
      }
    },
  },
  voted: { from: 'open', play: ({ run }) => run('ballot ingest ballots') },
  guarded: { from: 'voted', play: ({ run }) => run('organisation edit club --two-officers close') },
  asked: {
    from: 'guarded',
    play: ({ run }) => run('approval request club close --key ada.officer.private.json'),
  },
  troubled: {
    from: 'voted',
    play: ({ run }) => run('incident add club --kind technical --text Slow --affected 1 --of voters'),
  },
  'backed up': {
    from: 'voted',
    play: async ({ run }) => {
      await run('backup --out safe.urna')
      await run('election pause club')
    },
  },
  closing: { from: 'voted', play: ({ run }) => run('election close club --confirm club') },
  closed: {
    from: 'closing',
    play: async ({ run }) => {
      await run('tally run club', waits)
      await run('export archive club --out closed.bel')
      await run('trustee shuffle closed.bel --key bea.private.json --out shuffle.json')
    },
  },
  watched: {
    from: 'closed',
    play: async ({ folder, serve }) => {
      const address = await serve(readFileSync(join(folder, 'closed.bel')))
      writeFileSync(join(folder, addressName), `${address}/board/club`)
    },
  },
  shuffled: {
    from: 'closed',
    play: async ({ run }) => {
      await run('trustee receive shuffle.json')
      await run('tally run club', waits)
      await run('export archive club --out shuffled.bel')
      await run(
        'trustee decrypt shuffled.bel --key bea.private.json --shuffle shuffle.json --out decryption.json',
      )
    },
  },
  decrypted: { from: 'shuffled', play: ({ run }) => run('trustee receive decryption.json') },
  tallied: {
    from: 'decrypted',
    play: async ({ run }) => {
      await run('tally run club')
      await run('export blt club --contest Committee --out ballots.blt')
    },
  },
  announced: { from: 'tallied', play: ({ run }) => run('election publish club --at 2030-01-01T09:00') },
  published: { from: 'announced', play: ({ run }) => run('election publish club') },
  certified: {
    from: 'published',
    play: ({ run }) => run('election certify club --key ada.officer.private.json'),
  },
  exported: {
    from: 'certified',
    play: async ({ run }) => {
      await run('export archive club --out out.bel')
      await run('audit export --out log.jsonl')
      await run('backup --out safe.urna')
    },
  },
  'by hand': { from: 'founded', play: ({ run }) => run('election create --from show.yaml') },
  signed: {
    from: 'founded',
    play: async (scene) => {
      const { run } = scene
      await run('election create --from signed.yaml')
      await run('token issue signed --out tokens.csv')
      await run('election open signed')
      await vote(scene, 'signed', '1', { contests: [{ contest: 'Chair', choices: ['Ada'] }] })
      await run('ballot ingest ballots')
      await run('election close signed --confirm signed')
      await run('tally run signed')
    },
  },
}
