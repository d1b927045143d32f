import { parseBallot } from './ballot.ts'
import type { BoardCursor, EntryOf } from './board-cursor.ts'
import type { Crew, Faults } from './crew.ts'
import { elementToHex } from './encoding.ts'
import { type CountedBallot, withoutProofs } from './encrypted-tally.ts'
import type { Element, Group } from './group.ts'
import type { VerificationContext } from './setup-verification.ts'
import { type CheckFailed, checkFailed } from './verification-report.ts'

/** The ballots of a board, so far as they are verified. */
export interface BallotBox {
  /** How many ballots there are, recasts among them. */
  ballots: number
  /** The last ballot of each public credential, which is in hex. */
  readonly last: Map<string, LastBallot>
}

export interface LastBallot {
  readonly ballot: CountedBallot
  readonly weight: bigint
}

/**
 * Verifies ballots for as long as the board has some, and puts them in the box. That none is there twice, the
 * chain has seen to.
 *
 * @throws CheckFailed for the first ballot that fails, also where the board fails after it
 */
export async function verifyBallots(
  crew: Crew,
  board: BoardCursor,
  { setup, findings, progress, isKnown }: VerificationContext,
  box: BallotBox,
): Promise<void> {
  const { election, weights } = setup
  // The crew has looked at the points.
  const lenient: Group = { ...crew.group, isElement: (_bytes): _bytes is Element => true }

  function started(entries: readonly EntryOf<'Ballot'>[]): Batch {
    return { entries, faults: faultsOf(entries) }
  }

  async function settle({ entries, faults }: Batch): Promise<void> {
    const found = await faults
    for (const [i, entry] of entries.entries()) {
      const fault = found[i]
      if (fault !== undefined) throw failure(entry, fault)
      accept(entry)
    }
  }

  /** Those known come first, and have none. */
  async function faultsOf(entries: readonly EntryOf<'Ballot'>[]): Promise<Faults> {
    const texts = entries.filter(({ height }) => !isKnown(height)).map(({ ballot }) => ballot.body)
    const faults = await crew.verifyBallots(election, texts)
    return [...entries.slice(texts.length).map(() => undefined), ...faults]
  }

  function accept(entry: EntryOf<'Ballot'>): void {
    const ballot = parseBallot(lenient, election, entry.ballot.body)
    if ('refused' in ballot) throw failure(entry, ballot)
    const hex = elementToHex(ballot.credential)
    const weight = weights.get(hex)
    if (weight === undefined) {
      throw failure(entry, { refused: 'token-not-of-this-election', place: 'credential' })
    }
    box.last.set(hex, { ballot: withoutProofs(ballot), weight })
    box.ballots += 1
    progress?.({ check: 'ballots', done: box.ballots })
  }

  let verifying = started([])
  for await (const { entries, failed } of batchesOf(board)) {
    const next = started(entries)
    await settle(verifying)
    verifying = next
    if (failed === undefined) continue
    await settle(verifying)
    throw failed
  }
  await settle(verifying)
  findings.pass('ballots', { count: box.ballots })
}

interface Batch {
  readonly entries: readonly EntryOf<'Ballot'>[]
  readonly faults: Promise<Faults>
}

/** Ballots that a crew is given at once; the next are read while it works. */
const ballotsAtOnce = 512

/** The board's ballots, in order; where the board fails, with the last of them the error that it threw. */
async function* batchesOf(
  board: BoardCursor,
): AsyncGenerator<{ entries: readonly EntryOf<'Ballot'>[]; failed?: unknown }> {
  let entries: EntryOf<'Ballot'>[] = []
  try {
    for await (const entry of board.entries('Ballot')) {
      entries.push(entry)
      if (entries.length < ballotsAtOnce) continue
      yield { entries }
      entries = []
    }
  } catch (failed) {
    yield { entries, failed }
    return
  }
  yield { entries }
}

function failure(
  { ballot, height }: EntryOf<'Ballot'>,
  { refused, place }: { readonly refused: string; readonly place: string },
): CheckFailed {
  return checkFailed('ballots', refused, ballot, { height, part: place })
}
