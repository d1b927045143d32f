import { faultOfBallot } from '../../../src/sealing/crew.ts'
import type { SealedElection } from '../../../src/sealing/election.ts'
import type { Group } from '../../../src/sealing/group.ts'
import { verifyArchive } from '../../../src/sealing/verification.ts'
import { verifyArchive as verifyAgain } from '../../../tools/second-verifier/verify.js'
import { archiveOf, boardSteps, type HeldElection } from '../held-election.ts'
import { chanceOf } from './chance.ts'
import { mutateArchive } from './mutate-archive.ts'
import { mutateBallot } from './mutate-ballot.ts'

/** What became of something that was changed. */
export interface FuzzCase {
  /** What was changed, and why that was refused or that it holds. */
  readonly kind: string
  readonly ending: string
  /** How deep it was looked at: processor time, in milliseconds. */
  readonly milliseconds: number
  /** Where urna is wrong: what is, and what it was given. */
  readonly defect?: { readonly what: string; readonly given: string | Uint8Array }
}

/** No change may make urna work longer than this, in milliseconds of processor time. */
const longest = 10_000

/** What this thread has worked so far, in milliseconds: a busy machine makes nobody late. */
function processorTime(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** A ballot of the election is changed, and given to what stands before the box. */
export function ballotCase(group: Group, held: HeldElection, seed: number, number: number): FuzzCase {
  const chance = chanceOf(seed, number)
  const all = held.texts.ballots.map((json, i) => ({ json, secret: held.voterSecrets[held.voters[i]!]! }))
  const original = chance.pick(all)
  const { kind, json, mayHold } = mutateBallot(group, original, { others: all, chance })
  const start = processorTime()
  const ended = attempt(() => refusalOf(group, held.sealed, json))
  const milliseconds = processorTime() - start
  const right = json === original.json || mayHold
  const wrong = ended === 'taken' ? !right : right || ended.startsWith('crash')
  const what = wrong ? ended : milliseconds > longest ? 'hang' : undefined
  return { kind, ending: ended, milliseconds, ...(what && { defect: { what, given: json } }) }
}

function refusalOf(group: Group, election: SealedElection, json: string): string {
  const fault = faultOfBallot(group, election, json)
  return fault === undefined ? 'taken' : fault.refused
}

/** The archive of the election is changed, and verified; by the second verifier too where it may hold. */
export async function archiveCase(
  group: Group,
  held: HeldElection,
  seed: number,
  number: number,
): Promise<FuzzCase> {
  const chance = chanceOf(seed, number)
  const { kind, mayHold, archive } = mutateArchive(group, held, chance)
  const start = processorTime()
  const ended = await verdictOn(group, archive)
  const milliseconds = processorTime() - start
  const given = { given: archive }
  const say = (ending: string, what?: string): FuzzCase => ({
    ...{ kind, ending, milliseconds },
    ...(what !== undefined && { defect: { what, ...given } }),
  })
  if (ended.startsWith('crash')) return say(ended, ended)
  if (milliseconds > longest) return say(ended, 'hang')
  const original = archiveOf(boardSteps(group, held.texts))
  const earlier = original.subarray(0, archive.length).equals(archive)
  if (ended === 'holds' && !earlier && !mayHold) return say(ended, 'accepted, though it is another')
  // The second verifier is slow: of what is refused it sees a share.
  if (ended === 'holds' || chance.below(50) === 0) {
    const again = attempt(() => (verifyAgain(archive).holds ? 'holds' : 'does not hold'))
    if ((again === 'holds') !== (ended === 'holds')) return say(ended, `the second verifier says: ${again}`)
  }
  return say(ended === 'holds' ? (earlier ? 'the same, or its beginning' : 'another that holds') : ended)
}

async function verdictOn(group: Group, archive: Uint8Array): Promise<string> {
  try {
    const { outcome, checks } = await verifyArchive(group, [archive])
    const failed = checks.find((check) => check.outcome === 'failed')
    return outcome === 'verified' ? 'holds' : `${failed?.id} ${failed?.reason}`
  } catch (error) {
    return `crash: ${error}`
  }
}

function attempt(run: () => string): string {
  try {
    return run()
  } catch (error) {
    return `crash: ${error}`
  }
}
