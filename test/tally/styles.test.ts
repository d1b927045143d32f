import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import * as ballotIngest from '../../commands/ballot/ingest.ts'
import * as tallyRun from '../../commands/tally/run.ts'
import * as tallyShow from '../../commands/tally/show.ts'
import * as verify from '../../commands/verify.ts'
import * as vote from '../../commands/vote.ts'
import type { Selections } from '../../src/ballot/selections.ts'
import { closeElection } from '../../src/election/close-election.ts'
import { createRunoff } from '../../src/election/create-runoff.ts'
import { draftOfContest } from '../../src/election/draft-of-fields.ts'
import { findElection } from '../../src/election/find-election.ts'
import { listCandidates } from '../../src/election/list-candidates.ts'
import { publishResult } from '../../src/election/publication.ts'
import { outcomeSentence } from '../../src/report/narrative.ts'
import { readResultDocument } from '../../src/tally/read-result.ts'
import { runTally } from '../../src/tally/run-tally.ts'
import { parseWriteInDecision } from '../../src/tally/write-in-decisions.ts'
import { verify as verifyArchive } from '../../src/verify/node.ts'
import { findOracle } from '../support/oracle.ts'
import { photoFrom, picture } from '../support/pictures.ts'
import { json, runCommand } from '../support/run-command.ts'
import {
  blank,
  choice,
  exportedArchive,
  group,
  type Plan,
  type SmallElection,
  talliedElection,
  votedElection,
} from './small-election.ts'

const oracle = findOracle()

let election: SmallElection | undefined
afterEach(async () => election?.close())

const written = (writeIn: string, ...options: number[]): Selections => ({ kind: 'options', options, writeIn })
const grades = (...each: (number | null)[]): Selections => ({ kind: 'grades', grades: each })

/** An election with one contest, and the ballot of each voter. */
function plan(contest: Parameters<typeof draftOfContest>[0], votes: readonly Selections[]): Plan {
  return {
    contests: [draftOfContest(contest, 'secret')],
    weightsMicros: votes.map(() => 1_000_000),
    votes: votes.map((selections, voter) => [voter, [selections]]),
  }
}

async function resultOf({ work, slug }: SmallElection) {
  const { contests } = await readResultDocument({ work, group }, slug)
  const [contest] = contests
  return { ...contest!, sentence: outcomeSentence(contest!) }
}

/** The result as whoever has the archive alone gets it. */
async function recountOf(from: SmallElection, decisions: readonly string[] = []) {
  const writeIns = decisions.map(parseWriteInDecision)
  const verified = await verifyArchive(await exportedArchive(from), { writeIns })
  expect(verified.outcome).toBe('verified')
  return verified.contests![0]!.tabulation
}

const writeIns = plan(
  { title: 'Chair', method: 'plurality', candidates: ['Ada Byron', 'Bo'], write_in: true },
  [written('Zoë Quinn'), written('zoë quinn'), written('ada byron'), choice(1), blank, written('Zoe Q')],
)

const plans: [string, Plan][] = [
  [
    'grades',
    plan({ title: 'Park', method: 'majority-judgment', candidates: ['Elm', 'Oak', 'Yew'] }, [
      grades(6, 0, null),
      grades(5, 6, 0),
      grades(null, 6, 1),
      blank,
    ]),
  ],
  [
    'a motion',
    plan({ title: 'Shall the dues rise?', motion: true }, [choice(0), choice(0), choice(1), blank]),
  ],
  [
    'approvals and none of the above',
    plan({ title: 'Chair', method: 'approval-vote', candidates: ['Ada', 'Bo'], none: 'Nobody' }, [
      choice(2),
      choice(2),
      choice(0, 1),
    ]),
  ],
  ['names written in', writeIns],
]

describe('a whole sealed election', () => {
  test('of grades elects by them, and an option without a grade is told from the worst grade', async () => {
    election = await talliedElection(plans[0]![1])
    const result = await resultOf(election)
    expect(result.winners).toEqual(['Oak'])
    expect(result.tabulation.statistics).toMatchObject({ valid: '3', blank: '1', invalid: '0' })
    expect(await recountOf(election)).toEqual(result.tabulation)
  })

  test('on a motion tells yes, no and who abstained', async () => {
    election = await talliedElection(
      plan({ title: 'Shall the dues rise?', motion: true }, [choice(0), choice(0), choice(1), blank]),
    )
    const result = await resultOf(election)
    expect(result).toMatchObject({
      blankName: 'Abstain',
      winners: ['Yes'],
      sentence: 'Yes: the motion is carried.',
      tabulation: { statistics: { valid: '3', blank: '1' } },
    })
    expect(await recountOf(election)).toEqual(result.tabulation)
  })

  test.each([
    ['choose one', 'plurality', [choice(2), choice(2), choice(0)]],
    ['approve several', 'approval-vote', [choice(2), choice(2), choice(0, 1)]],
    [
      'rank',
      'irv',
      [
        { kind: 'ranking', ranks: [[2], [0]] },
        { kind: 'ranking', ranks: [[2]] },
        { kind: 'ranking', ranks: [[1]] },
      ],
    ],
    ['grade', 'majority-judgment', [grades(0, 0, 6), grades(1, 0, 6), grades(6, 0, 0)]],
  ] as [string, string, Selections[]][])(
    'whose voters %s leaves the seat vacant where none of the above wins',
    async (_, method, votes) => {
      election = await talliedElection(
        plan({ title: 'Chair', method, candidates: ['Ada', 'Bo'], none: 'Nobody' }, votes),
      )
      expect(await resultOf(election)).toMatchObject({
        winners: [],
        vacantBy: 'Nobody',
        sentence: '"Nobody" has won: the seat stays vacant.',
        tabulation: { outcome: { kind: 'decided' } },
      })
    },
  )

  test('counts names written alike as one, and those of the ballot as theirs', async () => {
    election = await talliedElection(writeIns)
    const result = await resultOf(election)
    expect(result.tabulation.options).toEqual(['Ada Byron', 'Bo', 'Zoe Q (write-in)', 'Zoë Quinn (write-in)'])
    expect(result.tabulation.rounds[0]?.votes).toEqual(['1', '1', '1', '2'])
    expect(result.winners).toEqual(['Zoë Quinn (write-in)'])
    expect(await recountOf(election)).toEqual(result.tabulation)
  })

  test('takes what officers decide of names into the result, and anyone who has the decisions gets the same', async () => {
    election = await talliedElection(writeIns)
    const decisions = ['zoe q=Zoë Quinn', 'ZOË QUINN=Bo']
    const decide = (each: readonly string[]) =>
      runTally(
        { work: election!.work, group },
        { slug: election!.slug, seed: undefined, writeIns: each.map(parseWriteInDecision) },
      )
    await expect(decide(decisions)).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(decide(['Zoe R=Bo'])).rejects.toMatchObject({
      code: 'option-not-found',
      details: { nearest: 'Zoe Q' },
    })
    const apart = ['ada byron=', 'zoe q=Zoë Quinn']
    expect(await decide(apart)).toMatchObject({ changed: true })
    expect(await decide(apart.slice(0, 1))).toMatchObject({ changed: false })
    const { tabulation } = await resultOf(election)
    expect(tabulation.options).toEqual(['Ada Byron', 'Bo', 'Zoë Quinn (write-in)'])
    expect(tabulation.rounds[0]?.votes).toEqual(['0', '1', '3'])
    expect(tabulation.invalidBallots).toEqual([{ reason: 'write-in-set-aside', ballots: 1 }])
    expect(tabulation.writeIns?.setAside).toEqual([{ spelling: 'ada byron', ballots: 1 }])
    expect(await recountOf(election, apart)).toEqual(tabulation)
    const { work, slug } = election
    await publishResult(work, { election: slug })
    await expect(decide(['zoe q=Bo'])).rejects.toThrow('chapter has a published result')
    const { details } = await work.read(({ db }) =>
      db
        .selectFrom('audit_entry')
        .select('details')
        .where('action', '=', 'tabulation-completed')
        .orderBy('position', 'desc')
        .executeTakeFirstOrThrow(),
    )
    expect(JSON.parse(details)).toMatchObject({ writeIns: apart.map(parseWriteInDecision) })
  })

  test('goes by commands from the choices of a voter to a verified result with decisions of names', async () => {
    election = await votedElection(
      plan({ title: 'Chair', method: 'plurality', candidates: ['Ada Byron', 'Bo'], write_in: true }, [
        choice(1),
      ]),
    )
    const { work, slug, path, passphrase, folder, tokens } = election
    process.env.URNA_PASSPHRASE = passphrase
    process.env.URNA_FILE = path
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    }
    const { sealed_json } = await work.read((tx) => findElection(tx, slug))
    const said = { contests: [{ contest: 'Chair', choices: [], writeIn: 'ada bryon' }] }
    await json(
      vote,
      file('chapter.election.json', sealed_json ?? ''),
      ...['--token-file', file('token.txt', tokens.get('1000')!)],
      ...['--choices', file('choices.json', JSON.stringify(said)), '--out', join(folder, 'my.ballot.json')],
    )
    await json(ballotIngest, join(folder, 'my.ballot.json'))
    await closeElection({ work, group }, slug)
    expect(await json(tallyRun)).toMatchObject({ contests: [{ winners: ['ada bryon (write-in)'] }] })
    const decision = ['--write-in', 'Ada Bryon=Ada Byron']
    expect(await json(tallyRun, ...decision)).toMatchObject({
      changed: true,
      contests: [{ winners: ['Ada Byron'], vacantBy: null }],
    })
    const shown = await runCommand(tallyShow.default, [])
    expect(shown.stdout).toContain('Ada Byron was written as "ada bryon" 1.')
    const archive = await exportedArchive(election)
    expect(await json(verify, archive)).toMatchObject({ contests: [{ winners: ['ada bryon (write-in)'] }] })
    expect(await json(verify, archive, ...decision)).toMatchObject({ contests: [{ winners: ['Ada Byron'] }] })
    delete process.env.URNA_PASSPHRASE
    delete process.env.URNA_FILE
  })

  test('that ends in a tie with a name written in puts that name on the ballot of the runoff, and its decisions are closed', async () => {
    const photo = await photoFrom(await picture().jpeg().toBuffer())
    const tied = plan(
      { title: 'Chair', method: 'plurality', candidates: ['Ada', 'Bo'], write_in: true, none: 'Nobody' },
      [choice(1), written('Zoe Quinn')],
    )
    const [contest] = tied.contests
    const options = contest!.options.map((option) => (option.name === 'Bo' ? { ...option, photo } : option))
    election = await talliedElection({ ...tied, contests: [{ ...contest!, options }] })
    const { work, slug } = election
    expect((await resultOf(election)).tabulation.outcome.kind).toBe('tied')
    const request = { election: slug, contest: undefined, top: undefined, opens: undefined, hours: 24 }
    const runoff = await createRunoff({ work, group }, request)
    expect(runoff.contests).toMatchObject([{ contenders: ['Bo', 'Zoe Quinn'] }])
    const { contests } = await listCandidates(work, { election: runoff.election.slug, contest: undefined })
    expect(contests[0]?.options.map((option) => option.photo)).toEqual([photo.sha256, null])
    expect(contests[0]?.write_in).toBe(0)
    const writeIns = [parseWriteInDecision('zoe quinn=Bo')]
    await expect(runTally({ work, group }, { slug, seed: undefined, writeIns })).rejects.toMatchObject({
      code: 'wrong-state',
    })
  })

  test('whose tie was decided by lot is not drawn again by another decision of a name', async () => {
    election = await talliedElection(
      plan({ title: 'Chair', method: 'plurality', candidates: ['Ada', 'Bo'], write_in: true }, [
        choice(1),
        written('Zoe Quinn'),
      ]),
    )
    const { work, slug } = election
    await runTally({ work, group }, { slug, seed: 'dice 3 5 1' })
    const drawn = (await resultOf(election)).winners
    expect(drawn).toHaveLength(1)
    const writeIns = [parseWriteInDecision('zoe quinn=Zoe Q')]
    await expect(runTally({ work, group }, { slug, seed: 'dice 2 2 2', writeIns })).rejects.toThrow(
      'has a tie that was decided by lot',
    )
    expect((await resultOf(election)).winners).toEqual(drawn)
  })

  test('of lists seats the candidates of each in their order', async () => {
    election = await talliedElection(
      plan(
        {
          ...{ title: 'Council', method: 'dhondt', seats: 3 },
          candidates: [
            { name: 'Greens', members: ['Ana', 'Bo'] },
            { name: 'Cy', slate: 'Reds' },
            { name: 'Di', slate: 'Reds' },
          ],
        },
        [choice(0), choice(0), choice(0), choice(1), choice(1)],
      ),
    )
    const result = await resultOf(election)
    expect(result.winners).toEqual(['Ana', 'Cy', 'Bo'])
    expect(await recountOf(election)).toEqual(result.tabulation)
  })
})

// An independent verifier accepts the archives, and each ballot in them.
describe.skipIf(oracle === undefined)('an independent verifier (skipped: no oracle)', () => {
  test.each(plans)('accepts the archive of an election with %s, and each ballot in it', async (_, of) => {
    election = await talliedElection(of)
    const answer = await oracle!.verify(await exportedArchive(election))
    expect(answer.archive).toMatchObject({ accepted: true })
    expect(answer.ballots).toHaveLength(of.votes.length)
    for (const ballot of answer.ballots) expect(ballot).toMatchObject({ accepted: true })
  })
})
