import { motions } from './narrative.ts'
import { jsonText } from './plain-text.ts'
import type { ContestResult, ElectionResultDocument } from './result-schema.ts'

type Fields = Readonly<Record<string, unknown>>
type Status = ContestResult['tabulation']['statuses'][number]

/** Of the reporting unit that all counts are of. */
const everybody = 'gp-all'

/**
 * The result as NIST SP 1500-100 has it, version 2.0, in JSON: what election-night reporting and newsrooms read.
 *
 * Every round is there with its number, and the last one is the total. What the format has no place for stands in
 * `Notes` (standing, secrecy, heads) or is left out (transfers, ties, pairwise comparisons): `urna export json` has all.
 * Source: J. Wack and others, Election Results Common Data Format Specification Revision 2.0, NIST SP 1500-100r2 (2019).
 */
export function resultsCdf(result: ElectionResultDocument, version: string): string {
  const { election, contests } = result
  const { standing, organisation, talliedAt, certifiedAt } = election
  const report = typed('ElectionReport', {
    Format: 'summary-contest',
    GeneratedDate: withoutFraction(certifiedAt ?? talliedAt ?? new Date(0).toISOString()),
    Issuer: organisation,
    IssuerAbbreviation: organisation,
    IsTest: standing === 'rehearsal',
    ...(standing === 'rehearsal' && { TestType: 'rehearsal' }),
    Notes: notesOf(result),
    SequenceStart: 1,
    SequenceEnd: 1,
    Status: standing === 'certified' ? 'certified' : 'unofficial-complete',
    VendorApplicationId: `urna ${version}`,
    GpUnit: reportingUnits(result),
    Party: partiesOf(contests).map(({ id, name }) => typed('Party', { '@id': id, Name: text(name) })),
    Election: [electionOf(result)],
  })
  return jsonText(report)
}

function typed(type: string, fields: Fields): Fields {
  return { '@type': `ElectionResults.${type}`, ...fields }
}

/** Titles and names are in whatever language the officer wrote them in: `und`, undetermined (BCP 47). */
function text(content: string): Fields {
  const string = typed('LanguageString', { Language: 'und', Content: content })
  return typed('InternationalizedText', { Text: [string] })
}

/** The format has times without a fraction of a second. */
function withoutFraction(moment: string): string {
  return moment.replace(/\.\d+Z$/, 'Z')
}

function notesOf({ election, secrecy, board, enteredBy }: ElectionResultDocument): string {
  return [
    election.standingSentence,
    secrecy.sentence,
    ...(enteredBy === null ? [] : [`The result was typed in by ${enteredBy.officer}.`]),
    `Head of the public archive: ${board.head}. Fingerprint of the election: ${board.fingerprint}.`,
  ].join(' ')
}

/** All voters, and under them the parts of the roll that are told. */
function reportingUnits({ election, turnout }: ElectionResultDocument): Fields[] {
  const unit = (
    id: string,
    name: string,
    kind: string,
    { voters, voted }: typeof turnout | (typeof turnout.units)[number],
  ) =>
    typed('ReportingUnit', {
      '@id': id,
      Name: text(name),
      Type: 'other',
      OtherType: kind,
      VotersRegistered: voters,
      VotersParticipated: voted,
    })
  const parts = turnout.units.map((part, index) =>
    unit(`gp-${index + 1}`, part.name ?? `${part.unit}: others together`, part.unit, part),
  )
  const ids = parts.map((part) => part['@id'])
  return [
    {
      ...unit(everybody, election.organisation, 'organisation', turnout),
      ...(ids.length > 0 && { ComposingGpUnitIds: ids }),
    },
    ...parts,
  ]
}

function electionOf(result: ElectionResultDocument): Fields {
  const { election, contests, ballots } = result
  const { title, slug, uuid, openedAt, closedAt, talliedAt, runoffOf } = election
  const day = (moment: string | null) => (moment ?? talliedAt ?? new Date(0).toISOString()).slice(0, 10)
  const parties = new Map(partiesOf(contests).map(({ id, name }) => [name, id]))
  return typed('Election', {
    Name: text(title),
    Type: runoffOf === null ? 'other' : 'runoff',
    ...(runoffOf === null && { OtherType: 'organisation' }),
    StartDate: day(openedAt),
    EndDate: day(closedAt),
    ElectionScopeId: everybody,
    ExternalIdentifier: [identifier('uuid', uuid), identifier('slug', slug)],
    BallotCounts: [
      typed('BallotCounts', { GpUnitId: everybody, Type: 'total', BallotsCast: ballots.counted }),
    ],
    Candidate: contests.flatMap((contest) => candidatesOf(contest, parties)),
    Contest: contests.map((contest) => contestOf(contest, parties)),
  })
}

function identifier(kind: string, value: string): Fields {
  return typed('ExternalIdentifier', { Type: 'other', OtherType: kind, Value: value })
}

/** In what kind of contest of the format a contest is. */
function kindOf({ method, tabulation }: ContestResult): 'measure' | 'party' | 'candidates' {
  if (motions.has(method.id)) return 'measure'
  return tabulation.seatsWon === undefined ? 'candidates' : 'party'
}

/** Whether an option is a list, and not a candidate, who may be on one. */
function isList(contest: ContestResult, option: number): boolean {
  return kindOf(contest) === 'party' && contest.options[option]?.slate == null
}

/** What a candidate stands for: the party, or else the slate. */
function partyOf({ options }: ContestResult, option: number): string | null {
  const { party = null, slate = null } = options[option] ?? {}
  return party ?? slate
}

/** The parties of candidates, and lists, which are parties in the format; each once, by name. */
function partiesOf(contests: readonly ContestResult[]): { id: string; name: string }[] {
  const names = contests.flatMap((contest) =>
    contest.tabulation.options.flatMap((name, option) =>
      isList(contest, option) ? name : (partyOf(contest, option) ?? []),
    ),
  )
  return [...new Set(names)].map((name, index) => ({ id: `party-${index + 1}`, name }))
}

function candidatesOf(contest: ContestResult, parties: ReadonlyMap<string, string>): Fields[] {
  const { position, tabulation } = contest
  if (kindOf(contest) === 'measure') return []
  return tabulation.options.flatMap((name, option): Fields[] => {
    if (isList(contest, option)) return []
    const party = partyOf(contest, option)
    const status = statusIn(tabulation.statuses[option]!)
    const candidate = typed('Candidate', {
      '@id': `candidate-${position}-${option + 1}`,
      BallotName: text(name),
      ...(party !== null && { PartyId: parties.get(party) }),
      ...(status !== undefined && { PostElectionStatus: status }),
    })
    return [candidate]
  })
}

/** Undefined while a tie is open. */
function statusIn(status: Status): string | undefined {
  switch (status.kind) {
    case 'elected':
      return 'winner'
    case 'contender':
      return 'advanced-to-runoff'
    case 'excluded':
    case 'not elected':
      return 'defeated'
    case 'withdrawn':
      return 'withdrawn'
    case 'open':
      return undefined
  }
}

function contestOf(contest: ContestResult, parties: ReadonlyMap<string, string>): Fields {
  const { position, title, seats, method, tabulation } = contest
  const kind = kindOf(contest)
  const { variation, other } = variationOf(method)
  const fields = {
    '@id': `contest-${position}`,
    Name: title,
    SequenceOrder: position,
    ElectionDistrictId: everybody,
    VoteVariation: variation,
    ...(other !== undefined && { OtherVoteVariation: other }),
    CountStatus: [typed('CountStatus', { Type: 'total', Status: 'completed' })],
    ContestSelection: tabulation.options.map((name, option) =>
      selectionOf(contest, { name, option, party: parties.get(name) }),
    ),
  }
  if (kind === 'measure') return typed('BallotMeasureContest', { ...fields, Type: 'ballot-measure' })
  if (kind === 'party') return typed('PartyContest', fields)
  const runoff = tabulation.outcome.kind === 'runoff' ? tabulation.outcome.contenders.length : undefined
  return typed('CandidateContest', {
    ...fields,
    NumberElected: seats,
    ...(runoff !== undefined && { NumberRunoff: runoff }),
    VotesAllowed: method.id === 'approval-vote' ? tabulation.options.length : seats,
  })
}

function selectionOf(
  contest: ContestResult,
  { name, option, party }: { name: string; option: number; party: string | undefined },
): Fields {
  const { position, tabulation } = contest
  const fields = {
    '@id': `selection-${position}-${option + 1}`,
    SequenceOrder: option + 1,
    VoteCounts: voteCounts(contest, option),
  }
  if (kindOf(contest) === 'measure')
    return typed('BallotMeasureSelection', { ...fields, Selection: text(name) })
  if (isList(contest, option)) return typed('PartySelection', { ...fields, PartyIds: [party] })
  const written = tabulation.writeIns?.written.some((each) => each.option === option) ?? false
  return typed('CandidateSelection', {
    ...fields,
    CandidateIds: [`candidate-${position}-${option + 1}`],
    ...(written && { IsWriteIn: true }),
  })
}

/** Of each round with its number, then of the last as the total; of a list its seats too. */
function voteCounts({ tabulation }: ContestResult, option: number): Fields[] {
  const { rounds, seatsWon } = tabulation
  const told = rounds.filter(({ votes }) => votes.length > 0)
  const count = (type: string, figure: string, more: Fields = {}) =>
    typed('VoteCounts', { GpUnitId: everybody, Type: type, Count: Number(figure), ...more })
  const last = told.at(-1)
  return [
    ...(told.length > 1
      ? told.map(({ number, votes }) =>
          count('other', votes[option] ?? '0', { OtherType: 'round', Round: number }),
        )
      : []),
    ...(last === undefined ? [] : [count('total', last.votes[option] ?? '0')]),
    ...(seatsWon === undefined ? [] : [count('seats', String(seatsWon[option] ?? 0))]),
  ]
}

/** What the format calls a way to count; `other` with the title where it has no word. */
function variationOf({ id, title }: ContestResult['method']): { variation: string; other?: string } {
  const known = variations.get(id) ?? (id.startsWith('stv-') ? 'rcv' : undefined)
  return known === undefined ? { variation: 'other', other: title } : { variation: known }
}

const variations: ReadonlyMap<string, string> = new Map([
  ['plurality', 'plurality'],
  ['majority', 'majority'],
  ['two-round', 'majority'],
  ['block', 'n-of-m'],
  ['limited', 'n-of-m'],
  ['cumulative', 'cumulative'],
  ['approval-vote', 'approval'],
  ['score', 'range'],
  ['borda', 'borda'],
  ['irv', 'rcv'],
])
