import { describe, expect, test } from 'vitest'
import { resultsCdf } from '../../src/report/results-cdf.ts'
import { everyChart, type SampleContest, sampleResult } from '../support/result-samples.ts'

type Found = { [field: string]: unknown }

/**
 * What NIST SP 1500-100r2 asks of the classes that urna writes: the fields that must be there, and the words that may
 * stand in those that take one of a list.
 */
const required: Readonly<Record<string, readonly string[]>> = {
  ElectionReport: [
    ...['Format', 'GeneratedDate', 'Issuer', 'IssuerAbbreviation', 'SequenceEnd', 'SequenceStart', 'Status'],
    'VendorApplicationId',
  ],
  Election: ['ElectionScopeId', 'EndDate', 'Name', 'StartDate', 'Type'],
  ReportingUnit: ['@id', 'Type'],
  Party: ['@id', 'Name'],
  Candidate: ['@id', 'BallotName'],
  CandidateContest: ['@id', 'ElectionDistrictId', 'Name', 'VotesAllowed'],
  PartyContest: ['@id', 'ElectionDistrictId', 'Name'],
  BallotMeasureContest: ['@id', 'ElectionDistrictId', 'Name'],
  CandidateSelection: ['@id'],
  PartySelection: ['@id', 'PartyIds'],
  BallotMeasureSelection: ['@id', 'Selection'],
  VoteCounts: ['Count', 'GpUnitId', 'Type'],
  BallotCounts: ['GpUnitId', 'Type'],
  CountStatus: ['Status', 'Type'],
  ExternalIdentifier: ['Type', 'Value'],
  InternationalizedText: ['Text'],
  LanguageString: ['Content', 'Language'],
}

const words: Readonly<Record<string, readonly string[]>> = {
  'ElectionReport.Format': ['precinct-level', 'summary-contest'],
  'ElectionReport.Status': [
    ...['certified', 'correction', 'pre-election', 'recount', 'unofficial-complete', 'unofficial-partial'],
  ],
  'Election.Type': ['general', 'other', 'primary', 'runoff', 'special'],
  'ReportingUnit.Type': ['other'],
  'Candidate.PostElectionStatus': [
    'advanced-to-runoff',
    'defeated',
    'projected-winner',
    'winner',
    'withdrawn',
  ],
  'CandidateContest.VoteVariation': [
    ...[
      'approval',
      'borda',
      'cumulative',
      'majority',
      'n-of-m',
      'other',
      'plurality',
      'proportional',
      'range',
    ],
    ...['rcv', 'super-majority'],
  ],
  'VoteCounts.Type': ['other', 'seats', 'total', 'write-in'],
  'CountStatus.Status': ['completed', 'in-process', 'not-processed', 'unknown'],
  'ExternalIdentifier.Type': ['fips', 'local-level', 'national-level', 'ocd-id', 'other', 'state-level'],
  'BallotMeasureContest.Type': ['ballot-measure', 'initiative', 'other', 'recall', 'referendum'],
}

/** Every object of a class of the format. */
function objectsIn(value: unknown): Found[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn)
  if (typeof value !== 'object' || value === null) return []
  return [value as Found, ...Object.values(value).flatMap(objectsIn)]
}

function faultsOf(report: Found): string[] {
  const objects = objectsIn(report)
  const ids = new Set(objects.flatMap((each) => each['@id'] ?? []))
  const faults: string[] = ids.size === objects.filter((each) => '@id' in each).length ? [] : ['an id twice']
  for (const each of objects) {
    const name = String(each['@type']).replace('ElectionResults.', '')
    const fields = required[name]
    if (fields === undefined) faults.push(`unknown class ${name}`)
    for (const field of fields ?? []) if (!(field in each)) faults.push(`${name} without ${field}`)
    for (const [field, value] of Object.entries(each)) {
      const allowed = words[`${name}.${field}`]
      if (allowed !== undefined && !allowed.includes(String(value))) faults.push(`${name}.${field} ${value}`)
      if (value === 'other' && !(`Other${field}` in each))
        faults.push(`${name}.${field} is other, and unsaid`)
      if (/Ids?$/.test(field) && field !== 'VendorApplicationId') {
        for (const id of Array.isArray(value) ? value : [value])
          if (!ids.has(id)) faults.push(`${name}.${field} names ${id}`)
      }
    }
  }
  return faults
}

function written(contests: readonly SampleContest[], changes = {}): Found {
  return JSON.parse(resultsCdf(sampleResult(contests, changes), '1.0.0')) as Found
}

const motion: SampleContest = {
  title: 'Statutes',
  method: 'approval-motion',
  options: ['Yes', 'No'],
  orders: ['5 1', '4 2'],
}
const contests = [...everyChart, motion, { ...everyChart[0]!, title: 'Auditor', method: 'schulze' }]

describe('the result in the common data format', () => {
  test.each(['certified', 'not-certified', 'rehearsal'] as const)(
    'has every field that it asks for, and no word that it does not know: %s',
    (standing) => {
      expect(faultsOf(written(contests, { standing }))).toEqual([])
    },
  )

  test('has the votes of every round, and those of the last as the total', () => {
    const [, irv] = sampleResult(everyChart).contests
    const [election] = written(everyChart).Election as [{ Contest: Found[] }]
    const [ada] = election.Contest[1]!.ContestSelection as { VoteCounts: Found[] }[]
    const counts = ada!.VoteCounts.map(({ Type, Round, Count }) => [Type, Round, Count])
    const rounds = irv!.tabulation.rounds.map(({ number, votes }) => ['other', number, Number(votes[0])])
    expect(counts).toEqual([...rounds, ['total', undefined, rounds.at(-1)![2]]])
  })

  test('says who won, who did not, and how many seats a list has', () => {
    const [election] = written(everyChart).Election as [{ Contest: Found[]; Candidate: Found[] }]
    const won = election.Candidate.filter(({ PostElectionStatus }) => PostElectionStatus === 'winner')
    expect(won.map((each) => each['@id'])).toEqual([
      'candidate-1-1',
      'candidate-2-1',
      'candidate-3-1',
      'candidate-3-3',
      'candidate-4-1',
    ])
    const lists = election.Contest[4]!.ContestSelection as { VoteCounts: Found[] }[]
    const seats = lists.map(({ VoteCounts }) => VoteCounts.find(({ Type }) => Type === 'seats')?.Count)
    expect(seats).toEqual([4, 2, 2, 1])
  })

  test('says of a rehearsal that it is a test, and certifies nothing that is not', () => {
    expect(written([], { standing: 'rehearsal' })).toMatchObject({
      IsTest: true,
      Status: 'unofficial-complete',
      Notes: expect.stringContaining('REHEARSAL: nobody is elected by this'),
    })
    expect(written([], { standing: 'not-certified' })).toMatchObject({
      IsTest: false,
      Status: 'unofficial-complete',
    })
    expect(written([])).toMatchObject({ IsTest: false, Status: 'certified' })
  })

  test('tells the turnout in all and by unit', () => {
    expect(written([]).GpUnit).toMatchObject([
      { VotersRegistered: 112, VotersParticipated: 70, ComposingGpUnitIds: ['gp-1', 'gp-2'] },
      { VotersRegistered: 60, VotersParticipated: 45, OtherType: 'region' },
      { VotersRegistered: 52, VotersParticipated: 25 },
    ])
  })
})
