import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { BallotFile } from '../../src/interchange/ballot-file.ts'
import type { BallotFormat, ReadOptions } from '../../src/interchange/ballot-format.ts'
import { aecSenate, aecSenate2016 } from '../../src/interchange/cvr/aec-senate.ts'
import { clearBallot } from '../../src/interchange/cvr/clear-ballot.ts'
import { dominion } from '../../src/interchange/cvr/dominion.ts'
import { essCsv, essXlsx } from '../../src/interchange/cvr/ess.ts'
import { hart } from '../../src/interchange/cvr/hart.ts'
import { nistJson, nistXml } from '../../src/interchange/cvr/nist.ts'
import { type BallotGroups, unpackRanking } from '../../src/tabulation/ballot-groups.ts'
import { formatDecimal } from '../../src/tabulation/decimal.ts'
import { corpusFolder } from '../support/corpus.ts'

const encoder = new TextEncoder()

function read(
  format: BallotFormat,
  texts: string | readonly string[],
  options: Partial<ReadOptions> = {},
): BallotFile {
  const reader = format.reader({ irregularities: 'warned of', order: 'forgotten', ...options })
  for (const [position, text] of [texts].flat().entries()) {
    if (position > 0) reader.nextFile!()
    reader.write(encoder.encode(text))
  }
  return reader.end()
}

/** Ballots as "2 Ada>Ben=Cem>-", with the names of options. */
function ballotsOf({ ballots, options }: BallotFile): string[] {
  const groups = ballots as BallotGroups
  return Array.from({ length: groups.count }, (_, group) => {
    const weight = formatDecimal(groups.weights[group]!, groups.weightPlaces)
    const entries = groups.entries.subarray(groups.starts[group], groups.starts[group + 1])
    const ranks =
      groups.kind === 'rankings'
        ? unpackRanking(groups, group).map((rank) => rank.map((option) => options[option]).join('=') || '-')
        : [Array.from(entries, (option) => options[option]).join('+')]
    return `${weight} ${ranks.join('>')}`.trim()
  })
}

/** A record of the NIST publication: for each selection the ranks at which it is marked. */
function record(id: string, selections: Record<string, readonly (number | object)[]>, more: object = {}) {
  const marked = Object.entries(selections).map(([selection, ranks]) => ({
    ContestSelectionId: selection,
    SelectionPosition: ranks.map((rank) =>
      typeof rank === 'number' ? { HasIndication: 'yes', Rank: rank } : rank,
    ),
  }))
  const contest = { ContestId: 'mayor', CVRContestSelection: marked }
  return {
    UniqueId: id,
    CurrentSnapshotId: `${id}-now`,
    CVRSnapshot: [{ '@id': `${id}-now`, CVRContest: [contest] }],
    ...more,
  }
}

const election = {
  Candidate: ['Ada', 'Ben'].map((name) => ({ '@id': `c-${name}`, Name: name })),
  Contest: [
    {
      '@id': 'mayor',
      Name: 'Mayor',
      NumberElected: 2,
      ContestSelection: [
        { '@id': 'ada', CandidateIds: ['c-Ada'] },
        { '@id': 'ben', CandidateIds: ['c-Ben'] },
        { '@id': 'w1', IsWriteIn: true },
        { '@id': 'w2', IsWriteIn: true },
      ],
    },
  ],
}

const report = (records: readonly object[], elections: readonly object[] = [election]) =>
  JSON.stringify({ '@type': 'CVR.CastVoteRecordReport', CVR: records, Election: elections }, undefined, 1)

describe('NIST SP 1500-103', () => {
  test('the ranks of selections are the ballot: a repeated option, an overvote, a skipped rank, write-ins as one option', () => {
    const file = read(
      nistJson,
      report([
        record('1', { ada: [1, 3], ben: [2] }),
        record('2', { ada: [1], ben: [1] }),
        record('3', { ben: [3] }),
        record('4', { w2: [1], ada: [2], w1: [3] }),
        record('5', {}),
      ]),
    )
    expect(file).toMatchObject({
      title: 'Mayor',
      seats: 2,
      options: ['Ada', 'Ben', 'Write-in'],
      writeIns: [2],
    })
    expect(ballotsOf(file)).toEqual([
      '1 Ada>Ben>Ada',
      '1 Ada=Ben',
      '1 ->->Ben',
      '1 Write-in>Ada>Write-in',
      '1',
    ])
  })

  test('what was not marked, or is not to be counted, is no mark; a rank can stand on the selection', () => {
    const file = read(
      nistJson,
      report([
        record('1', {
          ada: [{ HasIndication: 'no', Rank: 1 }, { HasIndication: 'yes', IsAllocable: 'no', Rank: 2 }, 3],
        }),
        {
          CurrentSnapshotId: 's',
          CVRSnapshot: {
            '@id': 's',
            CVRContest: { ContestId: 'mayor', CVRContestSelection: { ContestSelectionId: 'ben', Rank: 1 } },
          },
        },
      ]),
    )
    expect(ballotsOf(file)).toEqual(['1 ->->Ada', '1 Ben'])
  })

  test('of several snapshots the current one counts; a record that names none is read with a warning', () => {
    const [old] = record('1', { ben: [1] }).CVRSnapshot
    const now = record('1', { ada: [1] })
    const file = read(
      nistJson,
      report([
        { ...now, CVRSnapshot: [{ ...old, '@id': 'before' }, ...now.CVRSnapshot] },
        { ...now, CurrentSnapshotId: 'lost' },
      ]),
    )
    expect(ballotsOf(file)).toEqual(['2 Ada'])
    expect(file.warnings).toHaveLength(1)
    expect(file.warnings[0]!.message).toContain('which snapshot is the current one')
  })

  test('of several contests one has to be chosen, by its name or its id', () => {
    const council = { '@id': 'council', Name: 'Council', ContestSelection: [{ '@id': 'x' }] }
    const text = report(
      [record('1', { ada: [1] })],
      [{ ...election, Contest: [...election.Contest, council] }],
    )
    expect(() => read(nistJson, text)).toThrow(
      expect.objectContaining({ code: 'contest-not-chosen', details: { contests: ['Mayor', 'Council'] } }),
    )
    expect(() => read(nistJson, text, { contest: 'Sheriff' })).toThrow(/no contest "Sheriff"/)
    expect(read(nistJson, text, { contest: 'Mayor' }).title).toBe('Mayor')
    expect(read(nistJson, text, { contest: 'council' })).toMatchObject({ title: 'Council', options: ['x'] })
  })

  test('a contest without ranks is one of selections', () => {
    const file = read(nistJson, report([record('1', { ada: [{}], ben: [{ HasIndication: 'yes' }] })]))
    expect(file.ballots.kind).toBe('selections')
    expect(ballotsOf(file)).toEqual(['1 Ada+Ben'])
  })

  test('several files are one contest, and a ballot is found by its id', () => {
    const files = [report([record('a', { ada: [1] })]), report([record('b', { ben: [1] })])]
    const file = read(nistJson, files, { find: 'b', order: 'kept' })
    expect(ballotsOf(file)).toEqual(['1 Ada', '1 Ben'])
    expect(file.found).toBe(1)
    expect([...(file.ballots as BallotGroups).sequence!]).toEqual([0, 1])
  })

  test('a ballot is found by its number too, where records have ids: an id goes before a number', () => {
    const records = [record('2', { ada: [1] }), record('x', { ben: [1] }), record('y', { ada: [1] })]
    const found = (find: string) => read(nistJson, report(records), { find, order: 'kept' }).found
    expect([found('2'), found('x'), found('3'), found('4')]).toEqual([0, 1, 0, undefined])
  })

  test('XML says the same as JSON, whatever the prefix', () => {
    const xml = `<?xml version="1.0"?><n:CastVoteRecordReport xmlns:n="http://itl.nist.gov/ns/voting/1500-103/v1">
      <n:CVR><n:CurrentSnapshotId>s</n:CurrentSnapshotId><n:CVRSnapshot ObjectId="s"><n:CVRContest>
        <n:ContestId>mayor</n:ContestId>
        <n:CVRContestSelection><n:ContestSelectionId>ben</n:ContestSelectionId>
          <n:SelectionPosition><n:HasIndication>yes</n:HasIndication><n:Rank>1</n:Rank></n:SelectionPosition>
          <n:SelectionPosition><n:CVRWriteIn><n:Text>Zoe</n:Text></n:CVRWriteIn><n:Rank>1</n:Rank></n:SelectionPosition>
        </n:CVRContestSelection>
        <n:CVRContestSelection><n:ContestSelectionId>ada</n:ContestSelectionId>
          <n:SelectionPosition><n:HasIndication>yes</n:HasIndication><n:Rank>2</n:Rank></n:SelectionPosition>
        </n:CVRContestSelection>
      </n:CVRContest></n:CVRSnapshot></n:CVR>
      <n:Election><n:Candidate ObjectId="c"><n:Name>Ada &amp; Co</n:Name></n:Candidate>
        <n:Contest ObjectId="mayor"><n:Name>Mayor</n:Name>
          <n:ContestSelection ObjectId="ada"><n:CandidateIds>c</n:CandidateIds></n:ContestSelection>
        </n:Contest></n:Election></n:CastVoteRecordReport>`
    const file = read(nistXml, xml)
    expect(file.options).toEqual(['Ada & Co', 'Write-in'])
    expect(ballotsOf(file)).toEqual(['1 Write-in>Ada & Co'])
  })

  test.each([
    ['an object that is not complete', nistJson, '{"CVR":[{"a":1}', 1, 16],
    ['an element that is not JSON', nistJson, '{\n"CVR":[\n {"a" 1}]}', 3, 7],
    ['something after the object', nistJson, '{"CVR":[]}\nx', 2, 1],
    ['a bracket that closes none', nistJson, '{"CVR":[}', 1, 9],
    ['a list', nistJson, '[]', 1, 1],
    ['elements that are not closed in order', nistXml, '<CastVoteRecordReport>\n<CVR></X>', 2, 10],
    ['a rank that is no number', nistJson, report([record('1', { ada: [{ Rank: 'first' }] })]), 4, 3],
  ])('%s is refused with its place', (_, format, text, line, column) => {
    expect(() => read(format, text)).toThrow(
      expect.objectContaining({
        code: 'ballot-file-unreadable',
        details: expect.objectContaining({ line, column }),
      }),
    )
  })
})

describe('Dominion', () => {
  const mark = (CandidateId: number, Rank: number, IsAmbiguous = false) => ({
    CandidateId,
    Rank,
    IsAmbiguous,
  })
  const contests = (...Marks: object[]) => ({
    IsCurrent: true,
    Contests: [{ Id: 7, Marks, OutstackConditionIds: [] }],
  })
  const text = JSON.stringify({
    Version: '5',
    Sessions: [
      { TabulatorId: 1, BatchId: 2, RecordId: 3, Original: contests(mark(4, 1), mark(5, 2)) },
      { RecordId: 4, Original: { IsCurrent: false }, Modified: { Cards: [contests(mark(5, 1))] } },
      { RecordId: 5, Original: contests(mark(4, 1), mark(5, 1, true)) },
      { RecordId: 6, Original: { IsCurrent: false } },
    ],
  })
  const companions = {
    'a_CandidateManifest.json': JSON.stringify({
      List: [
        { Id: 5, ContestId: 7, Description: 'Ben' },
        { Id: 4, ContestId: 7, Description: 'Ada' },
        { Id: 9, ContestId: 8, Description: 'Zoe' },
      ],
    }),
    'a_ContestManifest.json': JSON.stringify({ List: [{ Id: 7, Description: 'Mayor', VoteFor: 1 }] }),
  }

  test('adjudicated records replace the original, ambiguous marks are none, and manifests name the options', () => {
    const file = read(dominion, text, { companions, find: '1-2-3' })
    expect(file).toMatchObject({ title: 'Mayor', seats: 1, options: ['Ben', 'Ada'], found: 0 })
    expect(ballotsOf(file)).toEqual(['1 Ada>Ben', '1 Ben', '1 Ada'])
    expect(file.warnings.map(({ message }) => message)).toEqual([
      'This session has no current record, and was left out.',
    ])
  })

  test('without manifests options have their numbers, and a warning says so', () => {
    const file = read(dominion, text)
    expect(file.options).toEqual(['4', '5'])
    expect(file.warnings[0]!.message).toContain('CandidateManifest.json')
    const beside = ['x__CandidateManifest.json', 'CandidateManifest.json']
    expect(dominion.companions!('x__CvrExport_2.json.gz', beside)).toEqual(['x__CandidateManifest.json'])
  })
})

test('Clear Ballot: a column for each rank of each option, with quoted heads', () => {
  const file = read(
    clearBallot,
    'RowNumber,BoxID,BallotID,Choice_1_1:Mayor:1:Vote For 1:Ada:Red,"Choice_2_1:Mayor:1:Vote For 1:Bay, Ben:",Choice_1_2:Mayor:2:Vote For 1:Ada:,Choice_3_2:Mayor:2:Vote For 1:Write-in:\n' +
      '1,b,x1,1,0,0,1\n2,b,x2,0,1,1,0\n3,b,x3,1,1,0,0\n4,b,x4,,,,\n5,b,x5,2,0,1,0\n',
    { find: 'x2' },
  )
  expect(file.options).toEqual(['Ada', 'Bay, Ben', 'Write-in'])
  expect(ballotsOf(file)).toEqual(['1 Ada>Write-in', '1 Bay, Ben>Ada', '1 Ada=Bay, Ben', '1 ->Ada'])
  expect(file.found).toBe(1)
  expect(file.warnings).toEqual([{ line: 6, column: 8, message: expect.stringContaining('neither 1 nor 0') }])
})

describe('ES&S', () => {
  test('names in columns of ranks, which are sorted by their numbers; labels for skipped and overvoted ranks', () => {
    const file = read(
      essCsv,
      '\uFEFFCast Vote Record,Mayor Choice 1 (45),Mayor Choice 10 (50),Mayor Choice 2 (55),Count,invalid\r\n' +
        '7,Ada,"Cem ""C"", Jr.",Ben,2,False\n8,undervote,,Ada,1,False\n9,overvote,Ben,Ada|Ben,1,\n\n10,UWI,,,1,no\n11,Ada,,,1,True\n',
      { find: '9' },
    )
    expect(file).toMatchObject({
      title: 'Mayor',
      options: ['Ada', 'Cem "C", Jr.', 'Ben', 'Write-in'],
      found: 2,
    })
    expect(ballotsOf(file)).toEqual([
      '2 Ada>Ben>->->->->->->->Cem "C", Jr.',
      '1 ->Ada',
      '1 Ada=Cem "C", Jr.=Ben=Write-in>Ada=Ben>->->->->->->->Ben',
      '1 Write-in',
    ])
    expect((file.ballots as BallotGroups).invalid).toBe(1)
  })

  test('the ballot with an id is traced, and not the one whose number in the file is the same', () => {
    const text = 'Cast Vote Record,Mayor Choice 1,Mayor Choice 2\n2,Ada,Ben\n7,Ben,Ada\n'
    expect(read(essCsv, text, { find: '2' }).found).toBe(0)
  })

  test.each([
    ['1st Choice,2nd Choice', 'A,B'],
    ['id,rank1,rank2', '1,Ada,Ben'],
    [',1,2,3', '1,A,B,C'],
    ['Precinct,1ST CHOICE MAYOR,2ND CHOICE MAYOR', '"W-1, P-2",undervote,undervote'],
  ])('the heads %s are known as ranks', (heads, row) => {
    expect(essCsv.fits(`${heads}\n${row}\n`)).toBe(true)
  })

  test('a table of ranks in numbers is not one of names', () => {
    expect(essCsv.fits('id,Lettuce,Broccoli\n1,2,1\n')).toBe(false)
    expect(essCsv.fits('rank1,rank2\n3,1\n')).toBe(false)
  })

  test('a quote that is never closed is refused where its row begins', () => {
    expect(() => read(essCsv, 'id,Choice 1,Choice 2\n1,"Ada,Ben\n2,Ben,Ada\n')).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ line: 2 }) }),
    )
  })
})

test('Hart: a digit for each rank, a file for each ballot', () => {
  const ballot = (options: string) =>
    `<?xml version="1.0" encoding="utf-8"?><Cvr xmlns="http://tempuri.org/CVRDesign.xsd"><Contests><Contest><Name>Council
 Ward 1</Name><Id>c</Id><Options>${options}</Options></Contest></Contests><CvrGuid>g</CvrGuid></Cvr>`
  const option = (name: string, value: string) =>
    `<Option><Name>${name}</Name><Id>id-${name}</Id><Value>${value}</Value></Option>`
  const file = read(hart, [
    ballot(option('Ada', '101') + option('Ben', '010')),
    ballot(option('Ben', '100') + option('Ada', '100')),
    ballot('<Option><Id>w</Id><Value>010</Value><WriteInData><ImageId>i</ImageId></WriteInData></Option>'),
    ballot(''),
  ])
  expect(file).toMatchObject({ title: 'Council Ward 1', options: ['Ada', 'Ben', 'Write-in'] })
  expect(ballotsOf(file)).toEqual(['1 Ada>Ben>Ada', '1 Ada=Ben', '1 ->Write-in', '1'])
})

describe('the Australian Senate', () => {
  const heads =
    'State,Division,Vote Collection Point Name, Vote Collection Point ID, Batch No, Paper No,A:Reds,B:Blues,A:ASH Ada,A:BAY Bo,B:COE Cy,B:DOE Di,UG:EVE El,UG:FOX Fi,UG:GUM Gi'
  const paper = (boxes: string) => read(aecSenate, `${heads}\nACT,Canberra,"Ainslie, North",1,1,1,${boxes}\n`)

  test.each([
    [
      'above the line: groups in their order stand for their candidates',
      '2,1',
      '1 COE Cy>DOE Di>ASH Ada>BAY Bo',
    ],
    ['one group alone is formal', ',1', '1 COE Cy>DOE Di'],
    ['a tick is a 1', '*,2', '1 ASH Ada>BAY Bo>COE Cy>DOE Di'],
    [
      'six below the line win over those above',
      '1,2,6,5,4,3,2,1,',
      '1 FOX Fi'.replace('FOX Fi', 'FOX Fi>EVE El>DOE Di>COE Cy>BAY Bo>ASH Ada'),
    ],
    ['five below are not enough', '1,,5,4,3,2,1,,', '1 ASH Ada>BAY Bo'],
    ['a number used twice ends the preferences', '1,1,1,2,3,4,5,6,6', ''],
    ['beyond six, too', ',,1,2,3,4,5,6,6', ''],
    [
      'a seventh that is missing matters not',
      ',,1,2,3,4,5,6,',
      '1 ASH Ada>BAY Bo>COE Cy>DOE Di>EVE El>FOX Fi',
    ],
  ])('%s', (_, boxes, expected) => {
    const file = paper(boxes)
    expect(ballotsOf(file)).toEqual(expected === '' ? [] : [expected])
    expect((file.ballots as BallotGroups).invalid).toBe(expected === '' ? 1 : 0)
  })

  test('a paper is found by the place, batch and number on it', () => {
    const rows = 'ACT,C,P,4,2,7,1,\nACT,C,P,4,2,8,,1\n'
    expect(read(aecSenate, `${heads}\n${rows}`, { find: '4/2/8' }).found).toBe(1)
    expect(read(aecSenate, `${heads}\n${rows}`, { find: '1' }).found).toBe(0)
  })
})

describe('the Australian Senate of 2016', () => {
  const heads = 'ElectorateNm,VoteCollectionPointNm,VoteCollectionPointId,BatchNo,PaperNo,Preferences'
  const text = `${heads}\n---,---,---,---,---,---\nCanberra,Ainslie,1,1,1,"2,1,,,,"\nCanberra,Ainslie,1,1,2,",,4,3,2,1"\n`
  const candidates = `nom_ty,state_ab,div_nm,ticket,ballot_position,surname,ballot_given_nm
H,ACT,CANBERRA,,1,HALL,Hal
S,ACT,,UG,1,EVE,El
S,NSW,,A,1,NOT,Me
S,ACT,,B,1,COE,Cy
S,ACT,,A,2,BAY,Bo
S,ACT,,A,1,ASH,Ada
`

  test('the candidates stand in a file beside, in the order of the ballot', () => {
    const file = read(aecSenate2016, text, {
      companions: { 'all-candidates.csv': candidates },
      find: '1/1/2',
    })
    expect(file).toMatchObject({
      title: 'Senate, ACT',
      options: ['ASH Ada', 'BAY Bo', 'COE Cy', 'EVE El'],
      found: 1,
    })
    expect(ballotsOf(file)).toEqual(['1 COE Cy>ASH Ada>BAY Bo', '1 EVE El>COE Cy>BAY Bo>ASH Ada'])
  })

  test('without that file it is refused, and a list of another election too', () => {
    expect(() => read(aecSenate2016, text)).toThrow(/all-candidates/)
    const others = { companions: { 'all-candidates.csv': candidates.replace('CANBERRA', 'BEAN') } }
    expect(() => read(aecSenate2016, text, others)).toThrow(/no division "Canberra"/)
  })
})

const corpus = corpusFolder()
describe.skipIf(corpus === undefined)('the corpus', () => {
  const rctab = join(corpus ?? '', 'corpus/irv-stv-rctab')
  const readFile = (format: BallotFormat, path: string) => {
    const reader = format.reader({ irregularities: 'warned of', order: 'kept' })
    reader.write(readFileSync(path))
    return reader.end()
  }

  test('a workbook of ES&S reads as the table that was made of it', () => {
    const workbooks = globSync('*/*.xlsx', { cwd: rctab }).filter((path) =>
      existsSync(join(rctab, path.replace('.xlsx', '.csv'))),
    )
    for (const path of workbooks) {
      const table = readFile(essCsv, join(rctab, path.replace('.xlsx', '.csv')))
      expect(readFile(essXlsx, join(rctab, path))).toEqual(table)
    }
  })

  test('a workbook that is cut or changed is refused in a sentence, or read', () => {
    const [path] = globSync('test_set_overvote_delimiter/*.xlsx', { cwd: rctab })
    const whole = readFileSync(join(rctab, path!))
    for (let cut = 0; cut < whole.length; cut += 97) {
      const damaged = Buffer.from(whole)
      damaged[cut] = damaged[cut]! ^ 0xff
      for (const bytes of [whole.subarray(0, cut), damaged]) {
        const reader = essXlsx.reader({ irregularities: 'warned of', order: 'forgotten' })
        reader.write(bytes)
        try {
          reader.end()
        } catch (error) {
          expect((error as { code: string }).code).toMatch(/ballot-file-unreadable|contest-not-chosen/)
        }
      }
    }
  })

  test.each(globSync('stv-senate/*', { cwd: join(corpus ?? '', 'corpus') }))(
    '%s: the papers are those that others made of them',
    (path) => {
      const folder = join(corpus!, 'corpus', path)
      const reader = aecSenate.reader({ irregularities: 'refused', order: 'forgotten' })
      reader.write(gunzipSync(readFileSync(join(folder, 'formalpreferences.csv.gz'))))
      const { ballots } = reader.end()
      const counted = new Map<string, number>()
      for (const line of gunzipSync(readFileSync(join(folder, 'ballots.blt.gz')))
        .toString()
        .split('\n')
        .slice(1)) {
        const [weight, ...ranks] = line.split(' ').map(Number)
        if (weight === 0) break
        counted.set(ranks.slice(0, -1).join(), weight!)
      }
      const groups = ballots as BallotGroups
      expect(basename(path)).toMatch(/^fed/)
      expect(groups.count).toBe(counted.size)
      for (let group = 0; group < groups.count; group++) {
        const entries = groups.entries.subarray(groups.starts[group], groups.starts[group + 1])
        const ranks = Array.from(entries, (option) => option + 1).join()
        if (counted.get(ranks) !== groups.weights[group])
          expect([ranks, groups.weights[group]]).toEqual(['', 0])
      }
    },
  )
})
