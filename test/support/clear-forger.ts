import { parseClearElection, writeClearElection } from '../../src/election/clear-election.ts'
import type { SealedContest } from '../../src/election/sealed-election.ts'
import { publicCredential, serializePublicCredentials } from '../../src/sealing/credential.ts'
import { elementToHex } from '../../src/sealing/encoding.ts'
import type { Scalar } from '../../src/sealing/group.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { anonymousBox } from '../../src/tally/anonymous-box.ts'
import type { ClearArchive } from '../../src/tally/clear-archive.ts'
import { signBallot } from '../../src/voting/clear-ballot.ts'

/** Elections whose ballots are not sealed, for forgers to begin with. */

const group = await loadGroup()

export const chair: SealedContest = {
  ...{ title: 'Chair', method: 'plurality', seats: 1, rules: {} },
  ballot: { style: 'choice', min: 1, max: 1, blank: true },
  ...{ options: ['Ada', 'Bo', 'Cy'], weightUnitMicros: 1_000_000 },
}

export const choose = (option: number) => ({ kind: 'options', options: [option] })

interface Wanted {
  readonly weights: readonly bigint[]
  /** Who (from 0) cast what, in the order in which it came in. */
  readonly cast: readonly (readonly [voter: number, choices: readonly unknown[]])[]
  readonly contests?: readonly SealedContest[]
  readonly visibility?: 'open' | 'named' | 'manual'
  readonly voteSplit?: true
  readonly result?: ClearArchive['result']
}

export interface HeldClearly {
  readonly archive: ClearArchive
  /** Of the voters. */
  readonly credentials: readonly string[]
  /** A ballot of one of them, or of a stranger, with any choices. */
  sign(choices: readonly unknown[], secret: number | Scalar): string
}

/** Holds it honestly. */
export function holdClearly(wanted: Wanted): HeldClearly {
  const { weights, cast, contests = [chair], visibility = 'open', result = null } = wanted
  const json = writeClearElection({
    ...{ uuid: 'Abcdefghijkmno', name: 'Chapter', description: '', organisation: 'Union' },
    ...{ visibility, allowInvalid: false, liveVoting: false },
    ...(wanted.voteSplit && { voteSplit: true as const }),
    contests,
  })
  const election = parseClearElection(group, json)
  if ('refused' in election) throw new Error(election.refused)
  const secrets = weights.map(() => group.randomScalar())
  const listed = secrets.map((secret, index) => ({
    credential: publicCredential(group, secret),
    weight: weights[index]!,
  }))
  const sign = (choices: readonly unknown[], secret: number | Scalar) =>
    signBallot(group, {
      ...{ election, choices },
      secret: typeof secret === 'number' ? secrets[secret]! : secret,
    }).json
  const archive: ClearArchive = {
    ...{ format: 'urna-clear-archive', version: 1, election: json },
    credentials: serializePublicCredentials(listed),
    box: { kind: 'signed', ballots: cast.map(([voter, choices]) => sign(choices, voter)) },
    ...{ decisions: { seed: null, writeIns: [] }, result },
  }
  return { archive, credentials: listed.map(({ credential }) => elementToHex(credential)), sign }
}

const adaWins: ClearArchive['result'] = [{ title: 'Chair', outcome: 'decided', winners: ['Ada'] }]

/** Three voters; the first votes again. */
export const plain = holdClearly({
  weights: [1n, 1n, 1n],
  cast: [
    [0, [choose(1)]],
    [1, [choose(0)]],
    [2, [choose(1)]],
    [0, [choose(0)]],
  ],
  result: adaWins,
})

/** The second voter casts the vote of the first as well, which has a credential of its own: the third. */
export const byProxy = ((): HeldClearly => {
  const held = holdClearly({
    weights: [1n, 1n, 1n, 2n],
    cast: [
      [0, [choose(1)]],
      [1, [choose(0)]],
      [2, [choose(0)]],
    ],
    result: adaWins,
  })
  const [first, , third] = held.credentials
  const proxies = [{ credential: third!, represents: first! }]
  return { ...held, archive: { ...held.archive, box: { ...signedBox(held), proxies } } }
})()

/** A voter of two votes divides them; a unit is half a vote. */
export const divided = holdClearly({
  weights: [4n, 2n],
  cast: [
    [0, [split([0, '1.5'], [1, '0.5'])]],
    [1, [choose(0)]],
  ],
  voteSplit: true,
  contests: [{ ...chair, weightUnitMicros: 500_000 }],
  result: adaWins,
})

export function split(...parts: readonly (readonly [option: number, weight: string])[]) {
  return { kind: 'split', parts: parts.map(([option, weight]) => ({ weight, choice: choose(option) })) }
}

/** Nobody knows any more who cast what. */
export const anonymous: HeldClearly = {
  ...plain,
  archive: {
    ...plain.archive,
    box: {
      kind: 'anonymous',
      ballots: ['a', 'b', 'c', 'd'].map((trackingCode) => ({ trackingCode, counts: trackingCode !== 'a' })),
      ...anonymousBox(
        1,
        [0, 1, 0].map((option) => [[{ choice: choose(option), units: 1n }]]),
      ),
    },
  },
}

/** An officer typed the figures in. */
export const typedIn: HeldClearly = ((): HeldClearly => {
  const held = holdClearly({
    ...{ weights: [1n, 1n, 1n], cast: [], visibility: 'manual', result: adaWins },
    contests: [{ ...chair, weightUnitMicros: 1 }],
  })
  const contest = { votes: ['2', '1', '0'], blank: '0', invalid: '0', ballots: '3' }
  const result = { officer: 'Ada', at: '2026-03-02T09:00:00.000Z', voters: 3, voted: 3, contests: [contest] }
  return { ...held, archive: { ...held.archive, box: { kind: 'entered', result } } }
})()

export function signedBox({ archive: { box } }: HeldClearly) {
  if (box.kind !== 'signed') throw new Error('its ballots are not signed')
  return box
}
