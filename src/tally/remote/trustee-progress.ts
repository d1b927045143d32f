import type { Election } from '../../election/find-election.ts'
import {
  ceremonyRounds,
  ceremonyState,
  readTrusteeGroup,
  type TrusteeGroup,
} from '../../election/trustee-group.ts'
import { namesOfTrustees } from '../../election/trustee-invitations.ts'
import { readTrustees, type Trustee } from '../../election/trustees.ts'
import { assertNever } from '../../errors.ts'
import type { Group } from '../../sealing/group.ts'
import type { ReadTransaction } from '../../store/unit-of-work.ts'
import { hasEnough } from '../contribution-turn.ts'
import { type Opening, openingOf } from '../opened-board.ts'
import { readStoredBoard } from '../stored-board.ts'

/** What trustees do, in their order. */
export const trusteeSteps = [...ceremonyRounds, 'rehearsal', 'shuffle', 'decryption'] as const
export type TrusteeStep = (typeof trusteeSteps)[number]

/** `spare`: enough of the group have done it; `later`: it is not their turn yet. */
export const trusteeStates = ['awaited', 'done', 'spare', 'later'] as const
export type TrusteeState = (typeof trusteeStates)[number]

/** Of these, so many. */
export interface Awaited {
  names: string[]
  needed: number
}

export interface TrusteeStanding {
  name: string
  kind: Trustee['kind']
  state: TrusteeState
  /** Whether the trustee may take part through the server. */
  invited: boolean
  /** What was last refused of the trustee through the server, or by the trustee, until something is taken. */
  refused: { at: string; reason: string } | null
}

/** Where the trustees of an election are. */
export interface TrusteeProgress {
  /** Null while nothing is asked of any. */
  step: TrusteeStep | null
  awaited: Awaited[]
  /** In their order. */
  trustees: TrusteeStanding[]
}

/** Where the opening of a closed box is. It changes with the head of the board only. */
export interface BoxOpening extends Pick<Opening, 'shares' | 'next' | 'shuffled'> {
  readonly shuffles: readonly { readonly owner: number }[]
  readonly decryptions: readonly { readonly owner: number }[]
}

/** @throws BoardDamaged */
export async function readBoxOpening(
  tx: ReadTransaction,
  group: Group,
  election: Election,
): Promise<BoxOpening> {
  const state = await readStoredBoard(tx, election)
  const opening = openingOf(group, state)
  if (opening === undefined) throw new Error('a closed box has no tally')
  const { shares, next, shuffled } = opening
  const owners = (works: readonly { owner: number }[]) => works.map(({ owner }) => ({ owner }))
  return { shares, next, shuffled, shuffles: owners(state.shuffles), decryptions: owners(state.decryptions) }
}

/** @param opening reads where the opening is: `readBoxOpening`, or what keeps its answer */
export async function readTrusteeProgress(
  tx: ReadTransaction,
  election: Election,
  opening: (election: Election) => Promise<BoxOpening>,
): Promise<TrusteeProgress> {
  const rows = await readTrustees(tx, election.id)
  const declared = await readTrusteeGroup(tx, election.id)
  const { step, awaited, stateOf } = await stageOf(election, { rows, declared, opening })
  const invitations = await tx.db
    .selectFrom('trustee_invitation')
    .select(['name', 'refused_at', 'refused_reason'])
    .where('election_id', '=', election.id)
    .execute()
  const server = rows.filter(({ kind }) => kind === 'server').map(({ name }) => name)
  const names = [...server, ...(await namesOfTrustees(tx, election.id))]
  const trustees = names.map((name): TrusteeStanding => {
    const row = rows.find((each) => each.name === name)
    const invitation = invitations.find((each) => each.name === name)
    const { refused_at: at, refused_reason: reason } = invitation ?? {
      refused_at: null,
      refused_reason: null,
    }
    return {
      ...{ name, kind: row?.kind ?? 'person', state: stateOf(name, row), invited: invitation !== undefined },
      refused: at === null || reason === null ? null : { at, reason },
    }
  })
  return { step, awaited, trustees }
}

interface Stage {
  step: TrusteeStep | null
  awaited: Awaited[]
  stateOf(name: string, row: Trustee | undefined): TrusteeState
}

async function stageOf(
  election: Election,
  from: {
    rows: readonly Trustee[]
    declared: TrusteeGroup | undefined
    opening: (election: Election) => Promise<BoxOpening>
  },
): Promise<Stage> {
  const { rows } = from
  const { status } = election
  switch (status) {
    case 'draft':
      return stageOfDraft(from)
    case 'open':
    case 'paused':
      return { step: null, awaited: [], stateOf: () => 'later' }
    case 'closed':
      return rows.length === 0 ? over : stageOfOpening(rows, await from.opening(election))
    case 'tallied':
    case 'certified':
    case 'archived':
    case 'cancelled':
      return over
    default:
      return assertNever(status)
  }
}

const over: Stage = { step: null, awaited: [], stateOf: () => 'done' }

function stageOfDraft({
  rows,
  declared,
}: {
  rows: readonly Trustee[]
  declared: TrusteeGroup | undefined
}): Stage {
  const ceremony = declared && ceremonyState(declared)
  if (ceremony !== undefined) {
    const { asks, awaited } = ceremony
    return {
      step: asks,
      awaited: [{ names: [...awaited], needed: awaited.length }],
      stateOf(name, row) {
        if (row?.kind === 'server') return 'done'
        // Who is no member has a key already, and rehearses with the others at the end.
        if (row !== undefined) return 'later'
        return awaited.includes(name) ? 'awaited' : 'done'
      },
    }
  }
  const people = rows.filter(({ kind }) => kind === 'person')
  const names = people.filter(({ rehearsed_at }) => rehearsed_at === null).map(({ name }) => name)
  return {
    step: people.length > 0 ? 'rehearsal' : null,
    awaited: names.length > 0 ? [{ names, needed: names.length }] : [],
    stateOf: (name) => (names.includes(name) ? 'awaited' : 'done'),
  }
}

function stageOfOpening(
  rows: readonly Trustee[],
  { shares, next, shuffled, shuffles, decryptions }: BoxOpening,
): Stage {
  const shuffling = next.kind === 'shuffle' || (next.kind === 'end-shuffles' && shuffled)
  const done = shuffling ? shuffles : decryptions
  const missing =
    next.kind === 'shuffle'
      ? [{ owners: next.trustees, needed: 1 }]
      : next.kind === 'decrypt'
        ? next.missing
        : []
  return {
    step: shuffling ? 'shuffle' : 'decryption',
    awaited: missing.map(({ owners, needed }) => ({
      names: rows.filter(({ position }) => owners.includes(position)).map(({ name }) => name),
      needed,
    })),
    stateOf(_, row) {
      const position = row?.position ?? 0
      if (done.some(({ owner }) => owner === position)) return 'done'
      if (missing.some(({ owners }) => owners.includes(position))) return 'awaited'
      return hasEnough(shares, done, position) ? 'spare' : 'later'
    },
  }
}
