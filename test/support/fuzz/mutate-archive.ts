import { recordOf } from '../../../src/sealing/archive.ts'
import type { BoardStep } from '../../../src/sealing/board.ts'
import type { Group } from '../../../src/sealing/group.ts'
import { archiveOf, type BoardTexts, boardSteps, type HeldElection } from '../held-election.ts'
import type { Chance } from './chance.ts'
import { mutateBallot } from './mutate-ballot.ts'
import { mutateJson } from './mutate-json.ts'

export interface MutatedArchive {
  readonly kind: string
  /** Whether an honest writer could have written it too, as the ballots of an earlier hour, or in another order. */
  readonly mayHold: boolean
  readonly archive: Buffer
}

/** An archive that differs from that of the election in one place, mostly with hashes that fit again. */
export function mutateArchive(group: Group, held: HeldElection, chance: Chance): MutatedArchive {
  const { texts } = held
  switch (chance.below(5)) {
    case 0:
      return {
        kind: 'bytes',
        mayHold: false,
        archive: mutateBytes(archiveOf(boardSteps(group, texts)), chance),
      }
    case 1: {
      const archive = archiveOf(mutateSteps(group, boardSteps(group, texts), chance))
      return { kind: 'events', mayHold: true, archive }
    }
    case 2:
      return texts.ballots.length === 0
        ? mutatePart(group, texts, chance)
        : mutateOneBallot(group, held, chance)
    default:
      return mutatePart(group, texts, chance)
  }
}

function mutateOneBallot(
  group: Group,
  { texts, voterSecrets, voters }: HeldElection,
  chance: Chance,
): MutatedArchive {
  const all = texts.ballots.map((json, i) => ({ json, secret: voterSecrets[voters[i]!]! }))
  const at = chance.below(all.length)
  const { json, kind, mayHold } = mutateBallot(group, all[at]!, { others: all, chance })
  const ballots = texts.ballots.with(at, json)
  return { kind: `ballot ${kind}`, mayHold, archive: archiveOf(boardSteps(group, { ...texts, ballots })) }
}

/** One of the texts on the board. */
function mutatePart(group: Group, texts: BoardTexts, chance: Chance): MutatedArchive {
  const owned = ['shuffles', 'decryptions'] as const
  const part = chance.pick(['election', 'trustees', 'credentials', 'tally', 'result', ...owned] as const)
  const changed = (): Partial<BoardTexts> => {
    switch (part) {
      case 'election':
      case 'trustees':
      case 'credentials':
      case 'result':
        return { [part]: mutateJson(texts[part], chance) }
      case 'tally':
        return { tallied: { ...texts.tallied, tally: mutateJson(texts.tallied.tally, chance) } }
      case 'shuffles': {
        const at = chance.below(texts.shuffles.length)
        const before = texts.shuffles[at]!
        return {
          shuffles: texts.shuffles.with(at, { ...before, shuffle: mutateJson(before.shuffle, chance) }),
        }
      }
      case 'decryptions': {
        const at = chance.below(texts.decryptions.length)
        const before = texts.decryptions[at]!
        const partialDecryption = mutateJson(before.partialDecryption, chance)
        return { decryptions: texts.decryptions.with(at, { ...before, partialDecryption }) }
      }
    }
  }
  if (part === 'shuffles' && texts.shuffles.length === 0) return mutatePart(group, texts, chance)
  // Nothing on a board speaks against more tokens. Where nobody voted, nothing is bound to anything.
  const mayHold = part === 'credentials' || texts.ballots.length === 0
  return { kind: part, mayHold, archive: archiveOf(boardSteps(group, { ...texts, ...changed() })) }
}

/** Steps or their data lost, repeated or exchanged, and the chain made again. */
function mutateSteps(group: Group, steps: readonly BoardStep[], chance: Chance): BoardStep[] {
  const changed = [...steps]
  const at = chance.below(steps.length)
  const other = chance.below(steps.length)
  const { head, records } = steps[at]!
  switch (chance.below(5)) {
    case 0:
      changed.splice(at, 1)
      break
    case 1:
      changed.splice(other, 0, steps[at]!)
      break
    case 2:
      ;[changed[at], changed[other]] = [steps[other]!, steps[at]!]
      break
    case 3:
      changed[at] = { head, records: records.toSpliced(chance.below(records.length), 1) }
      break
    default:
      changed[at] = {
        head,
        records: records.map((record) =>
          record.kind === 'data' && chance.below(2) === 0
            ? recordOf(group, 'data', mutateJson(record.body, chance))
            : record,
        ),
      }
  }
  return chance.below(8) === 0 ? changed : chained(group, changed)
}

/** Parents, heights and payloads as they come. */
function chained(group: Group, steps: readonly BoardStep[]): BoardStep[] {
  let parent: string | undefined
  return steps.map(({ head, records }, height) => {
    const event = records.find(({ kind }) => kind === 'event')
    if (event === undefined) return { head, records }
    const { type } = JSON.parse(event.body)
    const payload = records.findLast(({ kind }) => kind === 'data')?.hash
    const body = JSON.stringify({ parent, height, type, payload })
    const again = recordOf(group, 'event', body)
    parent = again.hash
    return { head, records: records.map((record) => (record === event ? again : record)) }
  })
}

/** Bits turned, bytes lost or added, whole files lost, repeated or exchanged, the end cut off. */
function mutateBytes(archive: Buffer, chance: Chance): Buffer {
  const at = chance.below(archive.length)
  const block = 512 * chance.below(archive.length / 512)
  const [before, after] = [archive.subarray(0, block), archive.subarray(block)]
  switch (chance.below(6)) {
    case 0:
    case 1: {
      const changed = Buffer.from(archive)
      changed[at] = changed[at]! ^ (1 << chance.below(8))
      return changed
    }
    case 2:
      return Buffer.concat([archive.subarray(0, at), archive.subarray(at + 1 + chance.below(600))])
    case 3:
      return Buffer.concat([before, after.subarray(0, 512 * (1 + chance.below(3))), after])
    case 4:
      return Buffer.concat([before, after.subarray(512 * (1 + chance.below(4)))])
    default:
      return archive.subarray(0, at)
  }
}
