import { findPublicElection } from '../election/find-election.ts'
import type { ReadTransaction, UnitOfWork } from '../store/unit-of-work.ts'
import { countVotes, readLiveTurnout } from '../tally/turnout.ts'
import type { LiveEvent, LiveMessage } from './live-messages.ts'

/** A message as it is sent, the same to everybody. */
export interface LiveText {
  readonly event: LiveEvent
  /** JSON. */
  readonly text: string
}

/** The counts of elections, for whoever listens. */
export interface LiveCounts {
  /**
   * Tells the counts as they are, then whatever they become; two messages of one kind are at least a quarter of a
   * second apart, and the last one is never left out.
   * @returns how to stop it
   * @throws ElectionNotFound
   */
  listen(slug: string, listener: (message: LiveText) => void): Promise<() => void>
  /** Says that something was cast: the counts are looked at now, and not only at the next turn. */
  hint(): void
  close(): void
}

interface Channel {
  readonly listeners: Set<(message: LiveText) => void>
  readonly told: Map<LiveEvent, LiveText>
}

/** One kind of message, and how far it is up to date. */
interface Gauge {
  readonly read: (tx: ReadTransaction, slug: string) => Promise<LiveMessage>
  /** To read it takes at most one part in so many of the time: ballots come first. */
  readonly rest: number
  version: string | undefined
  /** Of `performance.now()`. */
  notBefore: number
}

/** In milliseconds. Another process writes without a hint, and the counts are to be there within a second. */
const turn = 500
/** In milliseconds, between two looks. */
const shortestPause = 250

/** Nothing is read while nobody listens. */
export function openLiveCounts(work: UnitOfWork, onFault: (error: unknown) => void): LiveCounts {
  const channels = new Map<string, Channel>()
  const gauges: Gauge[] = [
    { read: readVotes, rest: 20, version: undefined, notBefore: 0 },
    // The roll is gone through for it.
    { read: readUnits, rest: 50, version: undefined, notBefore: 0 },
  ]
  let timer: NodeJS.Timeout | undefined
  let looking = false
  let hinted = false
  let closed = false
  let notBefore = 0

  function lookIn(milliseconds: number): void {
    clearTimeout(timer)
    if (closed || channels.size === 0) return
    timer = setTimeout(() => void look(), Math.max(milliseconds, notBefore - performance.now()))
    timer.unref()
  }

  async function look(): Promise<void> {
    looking = true
    hinted = false
    try {
      const version = await work.version()
      for (const gauge of gauges) {
        if (gauge.version !== version && performance.now() >= gauge.notBefore) await tell(gauge, version)
      }
    } catch (error) {
      onFault(error)
    } finally {
      looking = false
      notBefore = performance.now() + shortestPause
      lookIn(hinted ? 0 : turn)
    }
  }

  async function tell(gauge: Gauge, version: string): Promise<void> {
    const start = performance.now()
    // First: whoever comes to listen meanwhile takes it back.
    gauge.version = version
    try {
      for (const [slug, channel] of channels) tellChannel(channel, await read(gauge, slug))
    } catch (error) {
      gauge.version = undefined
      throw error
    } finally {
      const end = performance.now()
      gauge.notBefore = end + gauge.rest * (end - start)
    }
  }

  async function read(gauge: Gauge, slug: string): Promise<LiveText> {
    const message = await work.read((tx) => gauge.read(tx, slug))
    return { event: message.event, text: JSON.stringify(message) }
  }

  return {
    async listen(slug, listener) {
      const first = channels.has(slug) ? [] : await Promise.all(gauges.map((gauge) => read(gauge, slug)))
      const idle = channels.size === 0
      const channel = channels.get(slug) ?? {
        listeners: new Set(),
        told: new Map(first.map((message) => [message.event, message])),
      }
      if (!channels.has(slug)) for (const gauge of gauges) gauge.version = undefined
      channels.set(slug, channel)
      channel.listeners.add(listener)
      for (const message of channel.told.values()) listener(message)
      if (idle && !looking) lookIn(turn)
      return () => {
        channel.listeners.delete(listener)
        if (channel.listeners.size === 0 && channels.get(slug) === channel) channels.delete(slug)
      }
    },
    hint() {
      hinted = true
      if (!looking) lookIn(0)
    },
    close() {
      closed = true
      clearTimeout(timer)
      channels.clear()
    },
  }
}

function tellChannel({ told, listeners }: Channel, message: LiveText): void {
  if (told.get(message.event)?.text === message.text) return
  told.set(message.event, message)
  for (const listener of listeners) listener(message)
}

async function readVotes(tx: ReadTransaction, slug: string): Promise<LiveMessage> {
  const election = await findPublicElection(tx, slug)
  return { event: 'vote_count_updated', election: slug, votes: await countVotes(tx, election) }
}

async function readUnits(tx: ReadTransaction, slug: string): Promise<LiveMessage> {
  const election = await findPublicElection(tx, slug)
  const { voters, voted, units } = await readLiveTurnout(tx, election)
  return { event: 'voter_turnout_updated', election: slug, voters, voted, units }
}
