import { sha256Base64 } from '../../../src/sealing/encoding.ts'
import { groupOrder } from '../../../src/sealing/group.ts'
import { loadGroup } from '../../../src/sealing/group-sodium.ts'
import type { CheckId } from '../../../src/sealing/verification-report.ts'
import type { ClearArchive } from '../../../src/tally/clear-archive.ts'
import {
  anonymous,
  byProxy,
  chair,
  choose,
  divided,
  type HeldClearly,
  holdClearly,
  plain,
  signedBox,
  split,
  typedIn,
} from '../clear-forger.ts'
import { changedAt, identity, nextDigit, noPoint } from '../forger.ts'

const group = await loadGroup()

/** By which check a forger of an archive in the clear is found out, and by no other. */
export interface ClearForgery {
  /** A sentence that begins with "who". */
  readonly does: string
  readonly check: CheckId
  readonly reason: string
  /** Where in the archive. */
  readonly part?: string
  readonly archive: () => string
}

type Box = ClearArchive['box']

/** The archive of an election with something in it changed. */
function changed({ archive }: HeldClearly, change: (archive: ClearArchive) => Partial<ClearArchive>) {
  return () => JSON.stringify({ ...archive, ...change(archive) })
}

/** The archive with another text in the place of the first ballot. */
function firstBallot(forge: (ballot: string) => string, held = plain) {
  const box = signedBox(held)
  return changed(held, () => ({ box: { ...box, ballots: box.ballots.with(0, forge(box.ballots[0]!)) } }))
}

/** The archive that is anonymous with its box changed: the first contest of it, or the list of its ballots. */
function anonymousBox(change: (box: Extract<Box, { kind: 'anonymous' }>) => Partial<Box>) {
  return changed(anonymous, ({ box }) => {
    if (box.kind !== 'anonymous') throw new Error('its ballots are signed')
    return { box: { ...box, ...change(box) } as Box }
  })
}

function proxies(...list: readonly (readonly [credential: string, represents: string])[]) {
  return changed(byProxy, () => ({
    box: {
      ...signedBox(byProxy),
      proxies: list.map(([credential, represents]) => ({ credential, represents })),
    },
  }))
}

const [first = '', second = '', third = '', heavy = ''] = byProxy.credentials
const entered = ['box', 'result', 'contests', 0] as const

const aboutTexts: readonly ClearForgery[] = [
  {
    does: 'adds a remark to the archive',
    archive: () => JSON.stringify({ ...plain.archive, remark: 'Trust me.' }),
    ...{ check: 'archive', reason: 'wrong-shape' },
  },
  {
    does: 'cuts the archive short',
    archive: () => JSON.stringify(plain.archive).slice(0, -1),
    ...{ check: 'archive', reason: 'wrong-shape' },
  },
  {
    does: 'types in what is no number of votes',
    archive: () =>
      changedAt(JSON.stringify(typedIn.archive), [...entered, 'votes'], () => ['many', '1', '0']),
    ...{ check: 'archive', reason: 'wrong-shape' },
  },
  {
    does: 'types in parts of a vote too small to be counted',
    archive: () => changedAt(JSON.stringify(typedIn.archive), [...entered, 'ballots'], () => '3.0000001'),
    ...{ check: 'archive', reason: 'wrong-shape' },
  },
  {
    does: 'describes an election without contests',
    archive: changed(plain, ({ election }) => ({ election: changedAt(election, ['contests'], () => []) })),
    ...{ check: 'election', reason: 'wrong-shape' },
  },
  {
    does: 'asks for more choices than it has options',
    archive: changed(plain, ({ election }) => ({
      election: election.replace('"min":1,"max":1', '"min":5,"max":5'),
    })),
    ...{ check: 'election', reason: 'wrong-shape' },
  },
  {
    does: 'describes the election in another way',
    archive: changed(plain, ({ election }) => ({ election: `${election} ` })),
    ...{ check: 'election', reason: 'not-canonical' },
  },
  {
    does: 'lists the tokens in something else than JSON',
    archive: changed(plain, ({ credentials }) => ({ credentials: credentials.slice(1) })),
    ...{ check: 'tokens', reason: 'not-json' },
  },
  {
    does: 'lists the tokens in another way',
    archive: changed(plain, ({ credentials }) => ({ credentials: `${credentials} ` })),
    ...{ check: 'tokens', reason: 'not-canonical' },
  },
  {
    does: 'lists a token twice',
    archive: changed(plain, ({ credentials }) => ({
      credentials: credentials.replace(/\["(\w+)"/, '["$1","$1"'),
    })),
    ...{ check: 'tokens', reason: 'wrong-shape', part: '[1]' },
  },
  {
    does: 'lists a token that everybody has, as its secret is zero',
    archive: changed(plain, ({ credentials }) => ({
      credentials: credentials.replace(/\["(\w+)"/, `["${identity}"`),
    })),
    ...{ check: 'tokens', reason: 'not-an-element', part: '[0]' },
  },
]

const aboutBallots: readonly ClearForgery[] = [
  {
    does: 'cuts a ballot short',
    archive: firstBallot((ballot) => ballot.slice(0, -1)),
    ...{ reason: 'not-json' },
  },
  {
    does: 'writes a ballot in another way',
    archive: firstBallot((ballot) => `${ballot} `),
    ...{ reason: 'not-canonical' },
  },
  {
    does: 'leaves out a field of a ballot',
    archive: firstBallot((ballot) => changedAt(ballot, ['signature'], () => undefined)),
    ...{ reason: 'wrong-shape' },
  },
  {
    does: 'signs a ballot that votes in more contests than there are',
    archive: () => firstBallot(() => plain.sign([choose(0), choose(0)], 0))(),
    ...{ reason: 'wrong-shape' },
  },
  {
    does: 'takes a ballot from another election',
    archive: firstBallot((ballot) => changedAt(ballot, ['election_uuid'], () => 'Bbcdefghijkmno')),
    ...{ reason: 'other-election' },
  },
  {
    does: 'takes a ballot that was signed for another description of the election',
    archive: firstBallot((ballot) => changedAt(ballot, ['election_hash'], () => 'A'.repeat(43))),
    ...{ reason: 'other-election' },
  },
  {
    does: 'changes a choice',
    archive: firstBallot((ballot) => ballot.replace('"options":[1]', '"options":[0]')),
    ...{ reason: 'wrong-hash' },
  },
  {
    does: 'votes under what is no token',
    archive: () => ballotOf(noPoint),
    ...{ reason: 'unknown-credential' },
  },
  {
    does: 'votes with a token that nobody was given',
    archive: () => firstBallot(() => plain.sign([choose(0)], group.randomScalar()))(),
    ...{ reason: 'unknown-credential' },
  },
  {
    does: 'changes a signature',
    archive: firstBallot((ballot) => nextDigit(ballot, /"response":"(\d+)"/)),
    ...{ reason: 'wrong-signature' },
  },
  {
    does: 'signs with a number beyond the order of the group',
    archive: firstBallot((ballot) =>
      changedAt(ballot, ['signature', 'proof', 'response'], () => String(groupOrder)),
    ),
    ...{ reason: 'not-a-scalar' },
  },
  {
    does: 'signs what the election does not allow',
    archive: () => firstBallot(() => plain.sign([{ kind: 'options', options: [0, 1] }], 0))(),
    ...{ reason: 'invalid-vote' },
  },
  {
    does: 'divides more than the weight of the voter',
    archive: () => firstBallot(() => divided.sign([split([0, '1.5'], [1, '1'])], 0), divided)(),
    ...{ reason: 'parts-exceed-weight' },
  },
  {
    does: 'puts a ballot into the box twice',
    archive: changed(plain, () => ({
      box: { kind: 'signed', ballots: [...signedBox(plain).ballots, signedBox(plain).ballots[1]!] },
    })),
    ...{ reason: 'repeated', part: 'ballots[4]' },
  },
].map((each) => ({ check: 'ballots' as const, part: 'ballots[0]', ...each }))

const aboutProxies: readonly ClearForgery[] = [
  ['lets somebody without a token cast the vote of another', proxies([noPoint, first])],
  ['lets somebody cast the vote of nobody', proxies([third, noPoint])],
  ['lets a vote be cast with another weight', proxies([heavy, first])],
  ['passes a proxy on', proxies([third, first], [second, third])],
  ['lets a member cast their own vote for themselves', proxies([first, first])],
  ['lets one token cast the votes of two', proxies([third, first], [third, second])],
].map(([does, archive]) => ({
  ...{ does: does as string, archive: archive as () => string },
  ...{ check: 'ballots' as const, reason: 'wrong-proxy' },
}))

const aboutFigures: readonly ClearForgery[] = [
  {
    does: 'publishes figures in the place of the ballots of voters',
    archive: changed(plain, () => ({ box: typedIn.archive.box })),
    ...{ reason: 'other-box', part: 'box' },
  },
  {
    does: 'hides who signed what in a vote by name',
    archive: () => {
      const named = holdClearly({ weights: [1n, 1n, 1n], cast: [], visibility: 'named' })
      return JSON.stringify({ ...named.archive, box: anonymous.archive.box })
    },
    ...{ reason: 'other-box', part: 'box' },
  },
  {
    does: 'lists a tracking code twice',
    archive: anonymousBox(({ ballots }) => ({ ballots: ballots.with(0, ballots[1]!) })),
    ...{ reason: 'repeated', part: 'ballots[1]' },
  },
  {
    does: 'counts more anonymous ballots than there are voters',
    archive: anonymousBox(({ ballots }) => ({
      ballots: ballots.map((each) => ({ ...each, counts: true })),
      contests: [[{ choice: choose(0), units: '3', ballots: 4 }]],
    })),
    ...{ reason: 'more-than-the-voters', part: 'ballots' },
  },
  {
    does: 'gives anonymous ballots more weight than the voters have',
    archive: anonymousBox(() => ({ contests: [[{ choice: choose(0), units: '4', ballots: 3 }]] })),
    ...{ reason: 'more-than-the-voters', part: 'ballots' },
  },
  {
    does: 'counts an anonymous ballot more than is listed',
    archive: anonymousBox(() => ({ contests: [[{ choice: choose(0), units: '3', ballots: 4 }]] })),
    ...{ reason: 'count-differs', part: 'contests[0]' },
  },
  {
    does: 'weighs anonymous ballots less than their voters weigh',
    archive: anonymousBox(() => ({ contests: [[{ choice: choose(0), units: '2', ballots: 3 }]] })),
    ...{ reason: 'count-differs', part: 'contests[0]' },
  },
  {
    does: 'leaves out what was voted anonymously in a contest',
    archive: () => {
      const held = holdClearly({ weights: [1n, 1n, 1n], cast: [], contests: [chair, chair] })
      return JSON.stringify({ ...held.archive, box: anonymous.archive.box })
    },
    ...{ reason: 'count-differs', part: 'contests[0]' },
  },
  {
    does: 'types in figures of more options than there are',
    archive: () =>
      changedAt(JSON.stringify(typedIn.archive), [...entered, 'votes'], () => ['2', '1', '0', '0']),
    ...{ reason: 'count-differs', part: 'result' },
  },
  {
    does: 'types in no figures of a contest',
    archive: () => changedAt(JSON.stringify(typedIn.archive), ['box', 'result', 'contests'], () => []),
    ...{ reason: 'count-differs', part: 'result' },
  },
].map((each) => ({ check: 'ballots' as const, ...each }))

const aboutResults: readonly ClearForgery[] = [
  {
    does: 'types in more votes than ballots',
    archive: () => changedAt(JSON.stringify(typedIn.archive), [...entered, 'ballots'], () => '1'),
    ...{ reason: 'not-countable' },
  },
  {
    does: 'counts by a method that nobody knows',
    archive: () => {
      const method = { ...chair, method: 'by-acclamation' }
      const held = holdClearly({ weights: [1n], cast: [[0, [choose(0)]]], contests: [method] })
      return JSON.stringify(held.archive)
    },
    ...{ reason: 'not-countable' },
  },
  {
    does: 'publishes another winner',
    archive: () => changedAt(JSON.stringify(plain.archive), ['result', 0, 'winners'], () => ['Bo']),
    ...{ reason: 'other-winners', part: 'result[0]' },
  },
  {
    does: 'publishes a decision where the count ends in a tie',
    archive: changed(plain, () => ({
      box: { kind: 'signed', ballots: signedBox(plain).ballots.slice(0, 2) },
    })),
    ...{ reason: 'other-winners', part: 'result[0]' },
  },
  {
    does: 'publishes the result of a contest that was not held',
    archive: changed(plain, ({ result }) => ({ result: [...result!, ...result!] })),
    ...{ reason: 'other-winners', part: 'result[1]' },
  },
  {
    does: 'publishes no result of a contest',
    archive: changed(plain, () => ({ result: [] })),
    ...{ reason: 'other-winners', part: 'result[0]' },
  },
].map((each) => ({ check: 'result' as const, ...each }))

/** The archive whose first ballot is under something else than a credential, with a hash that is right. */
function ballotOf(credential: string): string {
  const { signature, ...ballot } = JSON.parse(signedBox(plain).ballots[0]!) as Record<string, unknown> & {
    signature: { hash: string }
  }
  const unsigned = { ...ballot, credential }
  const hash = sha256Base64(group, JSON.stringify(unsigned))
  return firstBallot(() => JSON.stringify({ ...unsigned, signature: { ...signature, hash } }))()
}

/** Each breaks one check of the verifier of archives in the clear, and no other. */
export const clearForgeries: readonly ClearForgery[] = [
  ...aboutTexts,
  ...aboutBallots,
  ...aboutProxies,
  ...aboutFigures,
  ...aboutResults,
]
