import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as InsightsCommand from '../../commands/insights.ts'
import { type StatusPart, turnoutByStatus } from '../../src/tally/status-cells.ts'
import { smallestUnit, turnoutByUnit, units } from '../../src/tally/turnout-cells.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { json, refused, runCommand } from '../support/run-command.ts'
import { chair, choice, closedElection, type SmallElection, votedElection } from './small-election.ts'

fc.configureGlobal({ numRuns: propertyRuns })

const name = fc.constantFrom(null, 'A', 'B', 'C')
const parts = fc
  .array(fc.record({ status: name, region: name, chapter: name, district: fc.constant(null) }), {
    maxLength: 8,
  })
  .chain((cells) =>
    fc
      .array(fc.integer({ min: 1, max: 25 }), { minLength: cells.length, maxLength: cells.length })
      .map((voters): StatusPart[] => cells.map((cell, at) => ({ ...cell, voters: voters[at]!, voted: 0 }))),
  )

test('what is told by status and by unit together lets nobody work out a group of fewer than ten', () => {
  fc.assert(
    fc.property(parts, (roll) => {
      const statuses = new Set(turnoutByStatus(roll).map(({ status }) => status))
      if (statuses.size === 0) return
      const told = new Set(turnoutByUnit(roll).map((cell) => `${cell.unit} ${cell.name}`))
      const blocks = new Map<string, number>()
      for (const part of roll) {
        const cells = units.map((unit) => (told.has(`${unit} ${part[unit]}`) ? part[unit] : null))
        const status = part.status !== null && statuses.has(part.status) ? part.status : null
        const key = JSON.stringify([...cells, status])
        blocks.set(key, (blocks.get(key) ?? 0) + part.voters)
      }
      for (const voters of blocks.values()) expect(voters).toBeGreaterThanOrEqual(smallestUnit)
    }),
  )
})

test('statuses that are large enough are told by name', () => {
  const part = (status: string, voters: number, voted: number): StatusPart => ({
    ...{ status, voters, voted },
    ...{ region: null, chapter: null, district: null },
  })
  expect(turnoutByStatus([part('full', 30, 20), part('student', 20, 5)])).toEqual([
    { status: 'student', voters: 20, voted: 5 },
    { status: 'full', voters: 30, voted: 20 },
  ])
  expect(turnoutByStatus([part('full', 30, 20), part('student', 20, 5), part('honorary', 3, 3)])).toEqual([
    { status: 'full', voters: 30, voted: 20 },
  ])
  expect(turnoutByStatus([part('full', 30, 20), part('honorary', 3, 3)])).toEqual([])
})

describe('urna insights', () => {
  let election: SmallElection
  beforeAll(async () => {
    // 240 voters, every other one of the North.
    const weightsMicros = Array.from({ length: 240 }, () => 1_000_000)
    election = await closedElection({ contests: [chair], weightsMicros, votes: [[0, [choice(0)]]] })
    process.env.URNA_PASSPHRASE = election.passphrase
    const opened = Date.parse('2026-03-02T09:00:00.000Z')
    await election.work.write('test', async (tx) => {
      const times = { opened_at: '2026-03-02T09:00:00.000Z', closed_at: '2026-03-04T09:00:00.000Z' }
      await tx.db.updateTable('election').set(times).execute()
      await tx.db.deleteFrom('mark').execute()
      const voters = await tx.db.selectFrom('voter').select(['id', 'region']).orderBy('id').execute()
      const marks = voters.flatMap(({ id, region }, index) => {
        // All of the North, and of the South every third; over two days, but 40 of them in one hour.
        if (region === 'South' && index % 3 !== 0) return []
        const hour = index < 60 ? 24 : index % 48
        return [
          { election_id: 1, voter_id: id, at: new Date(opened + hour * 3_600_000 + 60_000).toISOString() },
        ]
      })
      await tx.insertAll('mark', marks)
    })
  }, 300_000)
  afterAll(async () => {
    delete process.env.URNA_PASSPHRASE
    await election.close()
  })

  test('finds the hour, the region and the group that stand out, and predicts nothing without a history', async () => {
    const answer = await json(InsightsCommand, '--file', election.path)
    expect(answer).toMatchObject({
      election: 'chapter',
      insights: [
        { kind: 'turnout-prediction', standing: 'refused', actual: { voters: 240, voted: 160 } },
        {
          kind: 'casting-spikes',
          standing: 'found',
          hours: 48,
          spikes: [{ from: '2026-03-03T09:00:00.000Z', votes: expect.any(Number) }],
        },
        {
          kind: 'irregular-units',
          standing: 'found',
          tested: [
            { name: 'North', irregular: true },
            { name: 'South', irregular: true },
          ],
        },
        { kind: 'turnout-drivers', standing: 'found', groups: [{ by: 'region' }, { by: 'region' }] },
      ],
    })
  })

  test('says each with its method and its caveat', async () => {
    const { stdout, status } = await runCommand(InsightsCommand.default, ['--file', election.path])
    expect(status).toBe(0)
    expect(stdout.match(/^Method: /gm)).toHaveLength(4)
    expect(stdout.match(/^Caveat: /gm)).toHaveLength(4)
    expect(stdout).toContain('2026-03-03 10:00 (Europe/Madrid), an hour')
  })
})

test('there are no insights while an election is open', async () => {
  const open = await votedElection({ contests: [chair], votes: [[0, [choice(0)]]] })
  process.env.URNA_PASSPHRASE = open.passphrase
  try {
    const { status, code } = await refused(InsightsCommand, '--file', open.path)
    expect([status, code]).toEqual([4, 'wrong-state'])
  } finally {
    delete process.env.URNA_PASSPHRASE
    await open.close()
  }
})
