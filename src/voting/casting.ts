import { findElection } from '../election/find-election.ts'
import { Refusal } from '../errors.ts'
import type { Group } from '../sealing/group.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { type AddressHash, addressHash } from './address-hash.ts'
import { type BacklogLimits, openBacklog, type Place } from './backlog.ts'
import { type BallotBox, findBallotBox } from './ballot-box.ts'
import { type Candidate, judgeEarly, judgeProofs, openCandidate, type Verdict } from './candidates.ts'
import { castBallots } from './cast-ballots.ts'
import { checkCode } from './check-code.ts'
import { openRefusalLog } from './refusal-log.ts'
import { Busy } from './refusals.ts'
import { openVerifierThreads, type VerifierPool } from './verifier-pool.ts'

/** A sealed ballot that comes over the network. */
export interface CastRequest {
  /** The exact text of the sealed ballot. */
  readonly ballot: string
  /** Where it comes from: an IP address. */
  readonly address: string
  /** The one-time code, where the election asks for one. */
  readonly code?: string | undefined
}

/** Ballots that are in the box since the last news. */
export interface AcceptedBallots {
  /** Short name of the election. */
  readonly election: string
  /** How many voters have voted for the first time. */
  readonly accepted: number
  /** How many have voted again. */
  readonly recast: number
}

export interface Casting {
  /**
   * Puts one ballot into the box. Whoever is told that it is accepted can rely on it: it is on the disk.
   * @throws ElectionNotFound, WrongState before the election opened, Busy, and whatever keeps the file from being
   * written: FileLocked, DiskFull
   */
  cast(slug: string, request: CastRequest): Promise<Verdict>
  /**
   * Whole seconds after which to come again, while there is no room. To be asked before a ballot is read: to refuse
   * it then costs least.
   */
  busyFor(): number | undefined
  /** How many ballots arrived and have no answer yet. */
  waiting(): number
  /** @returns a function that calls the listener off */
  onAccepted(listener: (news: AcceptedBallots) => void): () => void
  /** Takes no more, finishes what it took, and ends its threads. */
  close(): Promise<void>
}

/**
 * What may wait: never more than a small machine can hold, and in a rush so few that whoever gets in is answered at once. A
 * file that is locked or a disk that is slow for a moment are worth two seconds.
 */
export const usualLimits: BacklogLimits = {
  ...{ ballots: 20_000, bytes: 64 * 1024 * 1024 },
  ...{ wait: 150, stall: 2000 },
}

/** After which a server that stops is back, in most cases. */
export const secondsToRestart = 5
/** Ballots that are looked up together and handed to the threads. */
const handful = 32
/** Ballots in one transaction: some milliseconds of work, so that nothing else waits long. */
const largestCommit = 128

/** A ballot that waits for its answer. */
interface Entry extends Candidate {
  readonly place: Place
  readonly answer: PromiseWithResolvers<Verdict>
}

/** The ballots of one election. */
interface Lane {
  readonly box: BallotBox
  readonly hashed: AddressHash
  readonly arrived: Entry[]
  readonly verified: Entry[]
  writing: boolean
}

/**
 * Takes ballots from many at once. Proofs are verified in threads; those that are ready at the same moment are
 * written in one transaction, and each is answered after it. A lone ballot waits for nobody.
 */
export function openCasting({
  work,
  group,
  limits = usualLimits,
  pool = openVerifierThreads(),
}: {
  work: UnitOfWork
  group: Group
  limits?: BacklogLimits
  /** Closed with the casting. */
  pool?: VerifierPool
}): Casting {
  const backlog = openBacklog(limits)
  const refusals = openRefusalLog(work)
  const listeners = new Set<(news: AcceptedBallots) => void>()
  const lanes = new Map<string, Promise<Lane>>()
  const open: Lane[] = []
  let [closing, verifying] = [false, 0]

  function laneOf(slug: string): Promise<Lane> {
    const known = lanes.get(slug)
    if (known !== undefined) return known
    const opening = openLane({ work, group }, slug)
    lanes.set(slug, opening)
    opening.then(
      (lane) => open.push(lane),
      // An election that is not there, or not open yet, may be later.
      () => lanes.delete(slug),
    )
    return opening
  }

  function settle({ box }: Lane, entry: Entry, verdict: Verdict): void {
    if (verdict.outcome === 'refused') refusals.add(box.election.slug, verdict.code)
    backlog.leave(entry.place)
    entry.answer.resolve(verdict)
  }

  function fail(entries: readonly Entry[], error: unknown): void {
    for (const { place, answer } of entries) {
      backlog.leave(place)
      answer.reject(error)
    }
  }

  /** Answers those that are judged. @returns the others */
  function settleJudged(lane: Lane, entries: readonly Entry[]): Entry[] {
    for (const entry of entries) if (entry.judged !== undefined) settle(lane, entry, entry.judged)
    return entries.filter(({ judged }) => judged === undefined)
  }

  /** One that has ballots to verify: each election in turn, however many voters it has. */
  function nextLane(): Lane | undefined {
    const index = open.findIndex(({ arrived }) => arrived.length > 0)
    if (index < 0) return undefined
    const [lane] = open.splice(index, 1)
    open.push(lane!)
    return lane
  }

  function verifySome(): void {
    while (verifying < 2 * pool.width) {
      const lane = nextLane()
      if (lane === undefined) return
      verifying += 1
      void verifyHandful(lane, lane.arrived.splice(0, handful)).finally(() => {
        verifying -= 1
        verifySome()
      })
    }
  }

  async function verifyHandful(lane: Lane, entries: readonly Entry[]): Promise<void> {
    let rest = settleJudged(lane, entries)
    if (rest.length === 0) return
    try {
      await work.read(async (tx) => judgeEarly(tx, await findElection(tx, lane.box.election.slug), rest))
      rest = settleJudged(lane, rest)
      await judgeProofs(pool.verify, lane.box, rest)
      rest = settleJudged(lane, rest)
    } catch (error) {
      return eachAlone(rest, error, (entry) => verifyHandful(lane, [entry]))
    }
    lane.verified.push(...rest)
    if (rest.length > 0) setImmediate(() => void writeAll(lane))
  }

  /** What urna did not foresee may be of one ballot, and the others are not to suffer for it. */
  async function eachAlone(
    entries: readonly Entry[],
    error: unknown,
    retry: (entry: Entry) => Promise<void>,
  ): Promise<void> {
    if (error instanceof Refusal || entries.length === 1) fail(entries, error)
    else for (const entry of entries) await retry(entry)
  }

  async function writeAll(lane: Lane): Promise<void> {
    if (lane.writing) return
    lane.writing = true
    while (lane.verified.length > 0) await commit(lane, lane.verified.splice(0, largestCommit))
    lane.writing = false
  }

  async function commit(lane: Lane, entries: readonly Entry[]): Promise<void> {
    const { box } = lane
    let verdicts: readonly Verdict[]
    try {
      verdicts = await work.write('cast ballots', (tx) =>
        castBallots(tx, { group, box, candidates: entries, check: checkCode }),
      )
    } catch (error) {
      return eachAlone(entries, error, (entry) => commit(lane, [entry]))
    }
    backlog.passed(entries.length)
    for (const [index, entry] of entries.entries()) settle(lane, entry, verdicts[index]!)
    tell(box.election.slug, verdicts)
  }

  function tell(election: string, verdicts: readonly Verdict[]): void {
    const count = (outcome: Verdict['outcome']) =>
      verdicts.filter((verdict) => verdict.outcome === outcome).length
    const news = { election, accepted: count('accepted'), recast: count('recast') }
    if (news.accepted + news.recast > 0) for (const listener of listeners) listener(news)
  }

  return {
    busyFor: () => (closing ? secondsToRestart : backlog.busyFor()),
    cast: async (slug, { ballot, code, address }) => {
      const lane = await laneOf(slug)
      if (closing) throw new Busy(secondsToRestart)
      const entry: Entry = {
        place: backlog.enter(ballot.length),
        ...openCandidate(lane.box, ballot),
        code,
        origin: { address: lane.hashed(address) },
        answer: Promise.withResolvers<Verdict>(),
      }
      lane.arrived.push(entry)
      if (lane.arrived.length === 1) setImmediate(verifySome)
      return entry.answer.promise
    },
    waiting: backlog.size,
    onAccepted: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: async () => {
      closing = true
      await backlog.emptied()
      await refusals.close()
      await pool.close()
    },
  }
}

async function openLane(deps: { work: UnitOfWork; group: Group }, slug: string): Promise<Lane> {
  const box = await findBallotBox(deps, slug)
  const hashed = await deps.work.read((tx) => addressHash(tx, box.election))
  return { box, hashed, arrived: [], verified: [], writing: false }
}
