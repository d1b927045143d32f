import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { rankingGroups } from '../../../src/tabulation/ballot-grouping.ts'
import { readOpenSlidesBallot } from '../../../src/tabulation/openslides/ballot.ts'
import { openSlidesPollSchema } from '../../../src/tabulation/openslides/poll.ts'
import { openSlidesResult } from '../../../src/tabulation/openslides/result.ts'
import { type CastBallot, castFault, readBallotParts } from '../../../src/tabulation/openslides/vote-split.ts'
import { voteWeight } from '../../../src/tabulation/openslides/vote-weight.ts'
import { methodById } from '../../../src/tabulation/registry.ts'
import { conformanceFolder } from '../../support/conformance-figures.ts'
import { corpusFolder } from '../../support/corpus.ts'

interface OpenSlidesCase {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly dialect: string | null
  readonly method: string
  readonly config: Readonly<Record<string, unknown>>
  readonly options: readonly number[] | null
  readonly allow_invalid: boolean
  readonly allow_vote_split: boolean
  readonly ballots: readonly {
    readonly raw: string
    readonly weight: string
    readonly split: boolean
    readonly count?: number
  }[]
  readonly expect_valid: readonly boolean[]
  readonly expect_result: Readonly<Record<string, unknown>>
  readonly expect_weight: string
  readonly fixture: {
    readonly meeting: { readonly enable_vote_weight: boolean }
    readonly member: Readonly<Record<'default_vote_weight' | 'meeting_vote_weight', string | null>>
  }
}

interface Trap extends Pick<OpenSlidesCase, 'config' | 'options'> {
  readonly id: string
  readonly name: string
  readonly ballot: string
  readonly weight: string
  readonly method: string
  readonly ballots: readonly string[]
  readonly expect: Readonly<Record<string, unknown>>
}

const corpus = corpusFolder()
const file =
  corpus === undefined
    ? { cases: [], traps: [] }
    : (JSON.parse(readFileSync(join(corpus, 'corpus/openslides/cases.json'), 'utf8')) as {
        readonly cases: readonly OpenSlidesCase[]
        readonly traps: readonly Trap[]
      })

const pollOf = ({ method, config, options, allow_invalid, allow_vote_split }: OpenSlidesCase) =>
  openSlidesPollSchema.parse({ method, config, options, allow_invalid, allow_vote_split })

const cast = ({ raw, weight, split }: OpenSlidesCase['ballots'][number]): CastBallot => ({
  value: raw,
  weight,
  split,
})

const castBallots = ({ ballots }: OpenSlidesCase) =>
  ballots.flatMap((ballot) => Array<CastBallot>(ballot.count ?? 1).fill(cast(ballot)))

/** The pull request on Scottish STV in the service: its stages are those of `stv-scottish`. */
function scottishPoll({ options, config, ballots }: OpenSlidesCase) {
  const ids = options!
  const grouping = rankingGroups(ids.length)
  for (const { raw, weight, count = 1 } of ballots) {
    const ranking = JSON.parse(raw).map((id: number) => ids.indexOf(id))
    for (let ballot = 0; ballot < count; ballot++) grouping.add(ranking, weight)
  }
  const { rounds, winners } = methodById('stv-scottish').tabulate({
    options: ids.map(String),
    seats: config.posts as number,
    ballots: grouping.finish(),
    rules: {},
    tieBreaks: {},
  })
  return {
    quota: rounds[0]!.quota,
    elected: winners.map(({ option }) => ids[option]),
    votes: rounds.map((round) => round.votes),
  }
}

/** Checks a case; answers why it isn't one for urna to pass. */
function check(each: OpenSlidesCase): string | undefined {
  const dialect = each.dialect ?? 'none'
  switch (each.kind) {
    case 'vote_weight': {
      const { meeting, member } = each.fixture
      const { default_vote_weight: usual, meeting_vote_weight: inMeeting } = member
      const weight = voteWeight(
        { weighsVotes: meeting.enable_vote_weight },
        { ...(usual !== null && { usual }), ...(inMeeting !== null && { inMeeting }) },
      )
      expect(weight).toBe(each.expect_weight)
      return undefined
    }
    case 'validate_ballot':
      if (dialect.startsWith('main/4.2')) return 'poll methods Y, N, YN and YNA of older versions'
      if (dialect.startsWith('2025-09')) return 'options by position, and other names, of September 2025'
      if (each.method === 'stv_scottish') return 'ballots of an open pull request'
      expect(each.ballots.map((ballot) => castFault(pollOf(each), cast(ballot)) === undefined)).toEqual(
        each.expect_valid,
      )
      return undefined
    case 'create_result':
      if (each.method === 'stv_scottish') {
        const { quota, elected, stages } = each.expect_result as {
          quota: string
          elected: number[]
          stages: Record<string, { votes: string }>[]
        }
        const votes = stages.map((stage) => each.options!.map((id) => stage[id]!.votes))
        expect(scottishPoll(each)).toEqual({ quota, elected, votes })
        return undefined
      }
      expect(openSlidesResult(pollOf(each), castBallots(each))).toEqual(each.expect_result)
      return undefined
    default:
      return `${each.kind}: no counting`
  }
}

describe.skipIf(corpus === undefined)('the cases of the OpenSlides vote service', () => {
  const figures = {
    group: 'openslides',
    cases: file.cases.length + file.traps.length,
    matched: 0,
    differing: 0,
    skipped: {} as Record<string, number>,
  }
  const skip = (why: string) => {
    figures.skipped[why] = (figures.skipped[why] ?? 0) + 1
  }

  test.each(file.cases.map((each) => [`${each.id} ${each.name}`, each] as const))('%s', (_, each) => {
    const why = check(each)
    if (why === undefined) figures.matched++
    else skip(why)
  })

  const approvalSplit = { method: 'approval', allow_vote_split: true, allow_invalid: true }

  /** What urna does about each trap; those that lie outside of counting say where they are met. */
  const refusals: Readonly<Record<string, ((trap: Trap) => void) | string>> = {
    'TRAP-01': refusesSplit,
    'TRAP-02': refusesSplit,
    'TRAP-03': refusesSplit,
    'TRAP-04': (trap) => {
      refusesSplit(trap)
      const poll = openSlidesPollSchema.parse(approvalSplit)
      const value = '[{"weight":"0.5","value":"yes"},{"weight":"0.5","value":"no"}]'
      expect(openSlidesResult(poll, [{ value, weight: trap.weight, split: true }])).toEqual({
        yes: '0.5',
        no: '0.5',
      })
    },
    'TRAP-05': refusesSplit,
    'TRAP-06': refusesBallot,
    'TRAP-07': refusesBallot,
    'TRAP-08': refusesBallot,
    'TRAP-09': ({ options, ballots, config, expect: expected }) => {
      const grouping = rankingGroups(options!.length)
      for (const raw of ballots) grouping.add((JSON.parse(raw) as number[]).map((id) => options!.indexOf(id)))
      const { statistics } = methodById('stv-scottish').tabulate({
        options: options!.map(String),
        seats: config.posts as number,
        ballots: grouping.finish(),
        rules: {},
        tieBreaks: {},
      })
      const notCounted = Number(statistics.blank) + Number(statistics.invalid)
      expect({ valid: Number(statistics.valid), invalid: notCounted }).toEqual(expected)
    },
    'TRAP-10': ({ options, ballots, config, expect: expected }) => {
      const { elected } = scottishPoll({
        options,
        config,
        ballots: ballots.map((raw) => ({ raw, weight: '1', split: false })),
      } as unknown as OpenSlidesCase)
      expect({ elected_set: elected }).toEqual(expected)
    },
    'TRAP-11': () => {
      const weighted = (weight: string) => ({
        options: [1, 2, 3],
        config: { posts: 1 },
        ballots: [
          { raw: '[1]', weight, split: false },
          { raw: '[2]', weight: '2', split: false },
        ],
      })
      expect(scottishPoll(weighted('3.5') as unknown as OpenSlidesCase)).toMatchObject({
        elected: [1],
        votes: [['3.5', '2', '0']],
      })
    },
    'TRAP-12': () => {
      const poll = openSlidesPollSchema.parse(approvalSplit)
      const ballot = { value: '{"0.3":"yes","0.7":"no"}', weight: '1', split: true }
      const stored = JSON.parse(JSON.stringify(ballot)) as CastBallot
      expect(castFault(poll, stored)).toBeUndefined()
      expect(openSlidesResult(poll, [stored])).toEqual({ yes: '0.3', no: '0.7' })
    },
    'TRAP-13':
      'weights are fixed with the roll when an election opens, see test/election/open-election.test.ts',
    'TRAP-14': () => {
      const weight = voteWeight({ weighsVotes: true }, { inMeeting: '0', usual: '2' })
      const poll = openSlidesPollSchema.parse({ method: 'approval' })
      const ballot = { value: '"yes"', weight, split: false }
      expect(castFault(poll, ballot)).toBe('no vote')
      expect(openSlidesResult(poll, [ballot])).toEqual({})
    },
    'TRAP-15': 'chains and cycles are refused when a vote is given, see test/voting/delegation.test.ts',
    'TRAP-16': 'who voted is kept apart from the ballots, which name nobody',
  }

  function refusesSplit({ ballot, weight }: Trap): void {
    const read = readBallotParts(openSlidesPollSchema.parse(approvalSplit), {
      value: ballot,
      weight,
      split: true,
    })
    expect(read.kind).toBe('invalid')
  }

  function refusesBallot({ ballot, method, options, config = {} }: Trap): void {
    expect(readOpenSlidesBallot(openSlidesPollSchema.parse({ method, options, config }), ballot).kind).toBe(
      'invalid',
    )
  }

  test.each(file.traps.map((trap) => [`${trap.id} ${trap.name}`, trap] as const))('%s', (_, trap) => {
    const refusal = refusals[trap.id]
    if (typeof refusal === 'string') return skip(refusal)
    expect(refusal).toBeTypeOf('function')
    refusal!(trap)
    figures.matched++
  })

  afterAll(() => {
    mkdirSync(conformanceFolder, { recursive: true })
    writeFileSync(join(conformanceFolder, 'openslides.json'), JSON.stringify(figures))
  })
})
