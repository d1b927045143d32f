import { createReadStream, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Worker } from 'node:worker_threads'
import { parse } from 'csv-parse/sync'
import { systemClock } from '../../src/clock.ts'
import { option } from '../../src/election/contest-draft.ts'
import { createElection } from '../../src/election/create-election.ts'
import { findElection } from '../../src/election/find-election.ts'
import { openElection } from '../../src/election/open-election.ts'
import { foundOrganisation } from '../../src/organisation/found.ts'
import type { Group } from '../../src/sealing/group.ts'
import { UnitOfWork } from '../../src/store/unit-of-work.ts'
import { createUrnaFile } from '../../src/store/urna-file.ts'
import { issueTokens } from '../../src/voting/issue-tokens.ts'

/** Of the benchmark's file, which holds nothing of anybody. */
export const passphrase = 'a file of a benchmark'
export const slug = 'bench'

export interface SealedBallots {
  /** The file of the open election, with no ballot in it. */
  readonly file: string
  /** One a voter. */
  readonly ballots: readonly string[]
}

/** Options that each ballot ranks. */
const options = 12

/**
 * An open election whose every voter has sealed a ranking of twelve options in an order of chance. Made once a folder,
 * and taken from there later: to seal takes as long as to verify.
 */
export async function sealedElection(group: Group, folder: string, voters: number): Promise<SealedBallots> {
  const [file, sealed] = [join(folder, `${voters}.urna`), join(folder, `${voters}.ballots`)]
  if (!existsSync(sealed)) {
    mkdirSync(folder, { recursive: true })
    const { election, tokens } = await openFor(group, { folder, file, voters })
    const ballots = await sealInThreads(election, tokens)
    writeFileSync(`${sealed}.part`, ballots.join('\n'))
    renameSync(`${sealed}.part`, sealed)
  }
  const ballots: string[] = []
  for await (const line of createInterface({ input: createReadStream(sealed) })) ballots.push(line)
  return { file, ballots }
}

async function openFor(
  group: Group,
  { folder, file, voters }: { folder: string; file: string; voters: number },
): Promise<{ election: string; tokens: string[] }> {
  const urna = await createUrnaFile({ path: file, passphrase })
  const work = new UnitOfWork({ file: urna, clock: systemClock, officer: 'bench' })
  await foundOrganisation(work, { name: 'Bench' })
  await addMembers(work, voters)
  const contest = { title: 'Board', description: '', method: 'irv', rules: {}, seats: 1, blank: false }
  const plain = { blankName: null, grades: null, writeIn: false, randomOrder: false }
  const names = Array.from({ length: options }, (_, index) => option(`Candidate ${index + 1}`))
  await createElection(
    { work, group },
    {
      ...{ title: 'Bench', description: '', slug, zone: 'UTC', opensAt: null, closesAt: null },
      ...{
        recast: 'last-counts',
        eligibility: {},
        code: 'none',
        visibility: 'secret',
        allowInvalid: false,
        liveVoting: false,
      },
      contests: [{ ...contest, ...plain, min: undefined, max: undefined, options: names }],
    },
  )
  const out = join(folder, `${voters}.tokens.csv`)
  await issueTokens({ work, group }, { election: slug, out, reserve: 0, expires: undefined })
  await openElection({ work, group }, slug)
  const { sealed_json } = await work.read((tx) => findElection(tx, slug))
  await urna.close()
  const lines: { token: string }[] = parse(readFileSync(out), { bom: true, columns: true })
  return { election: sealed_json!, tokens: lines.map(({ token }) => token) }
}

async function addMembers(work: UnitOfWork, voters: number): Promise<void> {
  await work.write('bench', async (tx) => {
    const every = {
      organisation_id: 1,
      weight_micros: 1_000_000,
      custom: '{}',
      created_at: tx.now,
      updated_at: tx.now,
    }
    for (let first = 0; first < voters; first += 500) {
      const length = Math.min(500, voters - first)
      const rows = Array.from({ length }, (_, index) => {
        const number = String(first + index + 1)
        return { ...every, number, name: `Voter ${number}` }
      })
      await tx.db.insertInto('member').values(rows).execute()
    }
  })
}

async function sealInThreads(election: string, tokens: readonly string[]): Promise<string[]> {
  const share = Math.ceil(tokens.length / availableParallelism())
  const shares = Array.from({ length: availableParallelism() }, (_, index) =>
    tokens.slice(index * share, (index + 1) * share),
  )
  const script = new URL('./seal.worker.ts', import.meta.url)
  const sealed = shares.map(
    (mine) =>
      new Promise<string[]>((resolve, reject) => {
        const worker = new Worker(script, { workerData: { election, tokens: mine } })
        worker.on('message', resolve).on('error', reject)
      }),
  )
  return (await Promise.all(sealed)).flat()
}
