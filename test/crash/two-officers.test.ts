import { rmSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import type { StageName } from '../support/faults/plays.ts'
import { runPlainly } from '../support/faults/process.ts'
import { Stages, wordsIn } from '../support/faults/stages.ts'
import { stateIn } from '../support/faults/trials.ts'
import type { FinishedProcess } from '../support/urna-process.ts'

/** Deeds of two officers at the same moment, and with which statuses they may end; 0 where nothing is said. */
interface Pair {
  readonly at: StageName
  readonly one: string
  readonly other: string
  /** Each a pair of statuses, in the order of the deeds. */
  readonly ends: readonly (readonly [number, number])[]
  /** Is tried without `URNA_FAULTS` as well. */
  readonly always?: boolean
}

const both: Pair['ends'] = [[0, 0]]
/** One wins, and the other one is told with this status. */
const oneWins = (status: number): Pair['ends'] => [
  [0, status],
  [status, 0],
]

const pairs: readonly Pair[] = [
  {
    at: 'nothing',
    one: 'init club.urna --organisation Club',
    other: 'init club.urna --organisation Other',
    ends: oneWins(5),
    always: true,
  },
  { at: 'founded', one: 'voter import more.csv --yes', other: 'voter import more.csv --yes', ends: both },
  { at: 'founded', one: 'organisation add South', other: 'organisation add South', ends: oneWins(5) },
  {
    at: 'founded',
    one: 'election create --from election.yaml',
    other: 'election create --from election.yaml',
    ends: oneWins(5),
  },
  {
    at: 'draft',
    one: 'token issue club --out tokens.csv',
    other: 'token issue club --out tokens.csv',
    ends: [...both, ...oneWins(5)],
    always: true,
  },
  {
    at: 'draft',
    one: 'token issue club --out one.csv',
    other: 'token issue club --out other.csv',
    ends: both,
  },
  {
    at: 'draft',
    one: 'trustee add carl.public.json club',
    other: 'trustee add carl.public.json club',
    ends: both,
  },
  {
    at: 'draft',
    one: 'election delete club --confirm club',
    other: 'token issue club --out tokens.csv',
    ends: [...both, [0, 3]],
  },
  {
    at: 'draft',
    one: 'contest remove Chair club',
    other: 'candidate remove Cy club',
    ends: [...both, [0, 3]],
  },
  {
    at: 'draft',
    one: 'election edit club --title One',
    other: 'election edit club --title Other',
    ends: both,
  },
  {
    at: 'draft',
    one: 'trustee group club --threshold 2 --of Xan,Yve',
    other: 'trustee remove Bea club',
    ends: both,
  },
  {
    at: 'issued',
    one: 'election open club',
    other: 'election edit club --title Other',
    ends: [...both, [0, 4]],
    always: true,
  },
  {
    at: 'issued',
    one: 'election open club',
    other: 'token replace club 3 --reason Lost --out again.csv',
    ends: both,
  },
  { at: 'issued', one: 'election open club', other: 'election open club', ends: both },
  {
    at: 'open',
    one: 'ballot ingest ballots',
    other: 'election close club --confirm club',
    ends: [...both, [4, 0]],
    always: true,
  },
  { at: 'open', one: 'ballot ingest ballots', other: 'backup --out safe.urna', ends: both, always: true },
  {
    at: 'open',
    one: 'ballot ingest ballots',
    other: 'passphrase change --new-passphrase-file another.txt',
    ends: [...both, ...oneWins(5), [7, 0]],
    always: true,
  },
  {
    at: 'open',
    one: 'ballot ingest ballots',
    other: 'election cancel club --confirm club --reason Mistake',
    ends: [...both, [4, 0]],
  },
  {
    at: 'voted',
    one: 'election close club --confirm club',
    other: 'election close club --confirm club',
    ends: both,
  },
  {
    at: 'voted',
    one: 'election close club --confirm club',
    other: 'election pause club',
    ends: [...both, [0, 4]],
  },
  {
    at: 'voted',
    one: 'roll correct club --strike 3 --reason Left',
    other: 'token replace club 3 --reason Lost',
    ends: [...both, [0, 3]],
  },
  {
    at: 'voted',
    one: 'incident add club --kind technical --text One --affected 1 --of voters',
    other: 'incident add club --kind technical --text Other --affected 1 --of voters',
    ends: both,
  },
  {
    at: 'voted',
    one: 'passphrase change --new-passphrase-file another.txt',
    other: 'backup --out safe.urna',
    ends: [...both, ...oneWins(5), [0, 7]],
  },
  {
    at: 'asked',
    one: 'approval grant 1 --key ben.officer.private.json',
    other: 'approval refuse 1 --key ben.officer.private.json',
    ends: oneWins(4),
  },
  {
    at: 'backed up',
    one: 'restore safe.urna --to club.urna --confirm club.urna',
    other: 'election close club --confirm club',
    ends: [...both, ...oneWins(5)],
  },
  {
    at: 'backed up',
    one: 'restore safe.urna --to again.urna',
    other: 'restore safe.urna --to again.urna',
    ends: [...both, ...oneWins(4), ...oneWins(5)],
  },
  { at: 'closed', one: 'trustee receive shuffle.json', other: 'tally run club', ends: [[0, 4]] },
  { at: 'closed', one: 'trustee receive shuffle.json', other: 'trustee receive shuffle.json', ends: both },
  { at: 'decrypted', one: 'tally run club', other: 'tally run club', ends: both },
  {
    at: 'tallied',
    one: 'election publish club',
    other: 'election publish club --at 2030-01-01T09:00',
    ends: [...both, [0, 4]],
  },
  {
    at: 'tallied',
    one: 'export archive club --out out.bel',
    other: 'export archive club --out out.bel',
    ends: both,
  },
  {
    at: 'announced',
    one: 'election publish club',
    other: 'election unpublish club --reason Mistake',
    ends: [...both, [0, 4]],
  },
  {
    at: 'published',
    one: 'election certify club --key ada.officer.private.json',
    other: 'election certify club --key ben.officer.private.json',
    ends: both,
  },
  {
    at: 'certified',
    one: 'election purge club --confirm club',
    other: 'backup --out safe.urna',
    ends: [...both, ...oneWins(5)],
  },
  {
    at: 'certified',
    one: 'election purge club --confirm club',
    other: 'voter purge --confirm club',
    ends: [...both, ...oneWins(5)],
  },
]

const all = process.env.URNA_FAULTS === '1'
const tried = pairs.filter(({ always }) => all || always === true)

/** Nothing is said of a bug, and there is what to do in the sentence or after it. */
function isTold({ status, stderr }: FinishedProcess): boolean {
  return status === 0 || (status !== 1 && status !== null && /^Error: .+\.$/m.test(stderr))
}

describe('two officers at the same moment', () => {
  const stages = new Stages()
  afterAll(() => stages.remove())

  test.each(tried)(
    '$one, and $other: each is done or told why not',
    { timeout: 180_000 },
    async ({ at, one, other, ends }) => {
      const folder = await stages.copy(at)
      const runs = await Promise.all([one, other].map((words) => runPlainly(folder, wordsIn(folder, words))))
      expect(runs.filter((run) => !isTold(run))).toEqual([])
      expect(ends, runs.map(({ stderr }) => stderr).join('\n')).toContainEqual(
        runs.map(({ status }) => status),
      )
      // Reads all of it, and verifies the log.
      await stateIn(folder)
      rmSync(folder, { recursive: true })
    },
  )
})
