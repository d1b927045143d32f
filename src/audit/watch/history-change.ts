import type { ByteSource } from '../../sealing/archive-reader.ts'
import { openBallotEnvelope } from '../../sealing/ballot.ts'
import { type BoardEntry, readBoard } from '../../sealing/board-reader.ts'
import { parseElection, type SealedElection } from '../../sealing/election.ts'
import type { Group } from '../../sealing/group.ts'

/** What became of a history that was known. */
export interface HistoryChange {
  readonly kind:
    | 'another-election'
    | 'setup-changed'
    | 'altered'
    | 'ballots-gone'
    | 'events-gone'
    | 'rewritten'
  /** What changed, to be read after "Alarm:". */
  readonly sentence: string
}

/** The first thing in which the board that was found does not go on from the one that is known. */
export async function historyChange(
  group: Group,
  { known: knownBytes, found: foundBytes }: { known: ByteSource; found: ByteSource },
): Promise<HistoryChange> {
  const known = await outline(group, knownBytes)
  const found = await outline(group, foundBytes)
  const setup = setupChange(known, found)
  if (setup !== undefined) return setup
  const at = known.events.findIndex(({ hash }, height) => found.events[height]?.hash !== hash)
  if (found.fault !== undefined) {
    const { code } = known.events[found.events.length] ?? {}
    const what = code === undefined ? '' : `, where ballot ${code} was`
    const place = `event ${found.events.length}${what}`
    return { kind: 'altered', sentence: `the board was altered at ${place} (${found.fault}).` }
  }
  const codes = new Set(found.events.map(({ code }) => code))
  const gone = known.events.flatMap(({ code }) => (code === undefined || codes.has(code) ? [] : [code]))
  if (gone.length > 0) {
    const one = gone.length === 1
    const sentence = `${one ? 'a ballot has' : `${gone.length} ballots have`} disappeared from the board: ${some(gone)}.`
    return { kind: 'ballots-gone', sentence }
  }
  const missing = known.events.length - found.events.length
  if (at >= 0 && at === found.events.length) {
    const sentence = `the last ${missing === 1 ? 'event is' : `${missing} events are`} not on the board any more; the first of them was ${known.events[at]!.type}.`
    return { kind: 'events-gone', sentence }
  }
  const from = at < 0 ? 'its very first bytes' : `event ${at} (${known.events[at]!.type})`
  return { kind: 'rewritten', sentence: `the board was written anew from ${from} on.` }
}

/** A board as far as it can be read. */
interface Outline {
  readonly events: readonly { hash: string; type: BoardEntry['type']; code?: string }[]
  readonly setup: Extract<BoardEntry, { type: 'Setup' }> | undefined
  readonly election: SealedElection | undefined
  /** Why it can't be read further. */
  readonly fault: string | undefined
}

async function outline(group: Group, bytes: ByteSource): Promise<Outline> {
  const events: { hash: string; type: BoardEntry['type']; code?: string }[] = []
  let setup: Outline['setup']
  let election: SealedElection | undefined
  for await (const piece of readBoard(group, bytes)) {
    if (piece.kind === 'refused') {
      return { events, setup, election, fault: `${piece.file}: ${piece.reason.replaceAll('-', ' ')}` }
    }
    const { entry } = piece
    const { hash, type } = entry
    if (type === 'Setup') {
      setup = entry
      const parsed = parseElection(group, entry.election.body)
      if (!('refused' in parsed)) election = parsed
    }
    const code = type === 'Ballot' ? trackingCode(group, election, entry.ballot.body) : undefined
    events.push({ hash, type, ...(code !== undefined && { code }) })
  }
  return { events, setup, election, fault: undefined }
}

function trackingCode(
  group: Group,
  election: SealedElection | undefined,
  ballot: string,
): string | undefined {
  if (election === undefined) return undefined
  const envelope = openBallotEnvelope(group, election, ballot)
  return 'refused' in envelope ? undefined : envelope.trackingCode
}

function setupChange(known: Outline, found: Outline): HistoryChange | undefined {
  const [before, now] = [known.election?.parameters, found.election?.parameters]
  if (before !== undefined && now !== undefined && before.uuid !== now.uuid) {
    const sentence = `another election is at this address: ${now.uuid} in the place of ${before.uuid}.`
    return { kind: 'another-election', sentence }
  }
  if (known.setup === undefined || found.setup === undefined) return undefined
  const parts = (
    [
      ['election', 'the description of the election'],
      ['trustees', 'the keys of the trustees'],
      ['credentials', 'the list of tokens that may vote'],
    ] as const
  ).flatMap(([part, name]) => (known.setup![part].hash === found.setup![part].hash ? [] : [name]))
  if (parts.length === 0) return undefined
  const sentence = `the setup was changed after the opening: ${parts.join(' and ')}.`
  return { kind: 'setup-changed', sentence }
}

/** More would not be read. */
const mostNamed = 5

function some(codes: readonly string[]): string {
  const more = codes.length - mostNamed
  return `${codes.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
