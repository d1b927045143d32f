import { type Election, findElection } from '../election/find-election.ts'
import { NotSealed } from '../election/refusals.ts'
import { type BoardStep, partialDecryptionRecords, shuffleRecords } from '../sealing/board.ts'
import { parseCanonical } from '../sealing/canonical-json.ts'
import { type Crew, readTogether } from '../sealing/crew.ts'
import { parsePartialDecryption, verifyPartialDecryption } from '../sealing/decryption.ts'
import { shuffleFormat, verifyElectionShuffle } from '../sealing/election-shuffle.ts'
import type { Group } from '../sealing/group.ts'
import { proofFormat } from '../sealing/proof.ts'
import { verifySignature } from '../sealing/signed-message.ts'
import type { ReadTransaction, UnitOfWork } from '../store/unit-of-work.ts'
import { appendStep } from './append-step.ts'
import { type Contribution, contributionStatement } from './contribution.ts'
import { hasEnough } from './contribution-turn.ts'
import { withCrew } from './crew.ts'
import { type ClosedBoard, ciphertextsInTurn, closedBoard, tallyToOpen } from './opened-board.ts'
import { BoxNotClosed, ContributionInvalid, TrusteeOutOfTurn } from './refusals.ts'
import { readStoredBoard } from './stored-board.ts'
import { type Trustee, trusteesOf } from './trustees.ts'

export interface ReceivedContribution {
  file: string
  election: string
  kind: Contribution['kind']
  trustee: { position: number; name: string }
  /** False if the very same was received before, or it is not needed. */
  changed: boolean
  /** Whether as many of the trustee's group as are needed have done their part: nothing more is taken. */
  enough: boolean
}

type Progress = (done: number, total: number) => void

/**
 * Verifies what a trustee made, and adds it to the board.
 *
 * @throws ContributionInvalid, TrusteeOutOfTurn, BoxNotClosed
 */
export async function receiveContribution(
  { work, group }: { work: UnitOfWork; group: Group },
  input: { slug: string | undefined; file: string; contribution: Contribution; progress?: Progress },
): Promise<ReceivedContribution> {
  const { file, contribution, progress } = input
  const { kind } = contribution
  for (;;) {
    const { election, board, trustee } = await work.read((tx) => situationOf(tx, group, input))
    const received = {
      file,
      election: election.slug,
      kind,
      trustee: { position: trustee.position, name: trustee.name },
    }
    if (isReceived(board, contribution)) return { ...received, changed: false, enough: false }
    if (isPastEnough(board, contribution)) {
      requireSignature(group, board, { contribution, file, trustee })
      return { ...received, changed: false, enough: true }
    }
    requireTurn(board, contribution, trustee)
    requireSignature(group, board, { contribution, file, trustee })
    const step = await withCrew(group, (crew) =>
      verified(crew, board, { contribution, file, trustee, progress }),
    )
    const done = await work.write(`receive the ${kind} of a trustee`, async (tx) => {
      if (!(await appendStep(tx, election, { after: board.state.head, step }))) return false
      const { trustee: owner, head, signature } = contribution
      await tx.db
        .insertInto('contribution_signature')
        .values({ election_id: election.id, owner, kind, head, signature })
        .execute()
      await tx.record({
        action: `${kind}-received`,
        election: election.slug,
        details: { ...received.trustee, head: step.head.hash },
      })
      return true
    })
    if (done) return { ...received, changed: true, enough: false }
  }
}

async function situationOf(
  tx: ReadTransaction,
  group: Group,
  { slug, file, contribution }: { slug: string | undefined; file: string; contribution: Contribution },
): Promise<{ election: Election; board: ClosedBoard; trustee: Trustee }> {
  const election = slug === undefined ? await electionOf(tx, contribution) : await findElection(tx, slug)
  if (election?.uuid !== contribution.election) {
    throw new ContributionInvalid({ file, reason: 'it is of another election' })
  }
  if (election.visibility !== 'secret') throw new NotSealed(election.slug)
  const board = closedBoard(group, await readStoredBoard(tx, election))
  if (election.status === 'cancelled' || board === undefined) throw new BoxNotClosed(election)
  const trustees = await trusteesOf(tx, election)
  const trustee = trustees.find(({ position }) => position === contribution.trustee)
  if (trustee === undefined) {
    throw new ContributionInvalid({ file, reason: `there is no trustee ${contribution.trustee}` })
  }
  return { election, board, trustee }
}

async function electionOf(
  tx: ReadTransaction,
  { election: uuid }: Contribution,
): Promise<Election | undefined> {
  return tx.db.selectFrom('election').selectAll().where('uuid', '=', uuid).executeTakeFirst()
}

function isReceived({ state }: ClosedBoard, { kind, trustee, payload }: Contribution): boolean {
  const present = kind === 'shuffle' ? state.shuffles : state.decryptions
  return present.some(({ owner, body }) => owner === trustee && body === payload)
}

/** Of a group of whom enough have decrypted, no more is taken; who shuffled late is told so too. */
function isPastEnough({ state, shares }: ClosedBoard, { kind, trustee }: Contribution): boolean {
  const present = kind === 'shuffle' ? state.shuffles : state.decryptions
  return !present.some(({ owner }) => owner === trustee) && hasEnough(shares, present, trustee)
}

/** Whoever can write to the officer as a trustee still lacks the key. @throws ContributionInvalid */
function requireSignature(
  group: Group,
  { election, keys }: ClosedBoard,
  { contribution, file, trustee }: { contribution: Contribution; file: string; trustee: Trustee },
): void {
  const signature = parseCanonical(proofFormat, contribution.signature)
  const message = contributionStatement(group, election, contribution)
  const verification = keys[trustee.position - 1]!
  if (signature.ok && verifySignature(group, { message, signature: signature.value, verification })) return
  throw new ContributionInvalid({
    ...{ file, trustee: trustee.name, reason: 'it is not signed with their key' },
    hint: `Nothing was changed. Ask ${trustee.name}, by another way than it came, whether they sent it.`,
  })
}

function requireTurn({ state, next }: ClosedBoard, { kind, trustee }: Contribution, { name }: Trustee): void {
  const present = kind === 'shuffle' ? state.shuffles : state.decryptions
  if (present.some(({ owner }) => owner === trustee)) {
    throw new TrusteeOutOfTurn(`Another ${kind} of ${name} was received before, and stands.`, { trustee })
  }
  const inTurn =
    kind === 'shuffle' ? next.kind === 'shuffle' && next.trustees.includes(trustee) : next.kind === 'decrypt'
  if (!inTurn) {
    throw new TrusteeOutOfTurn(
      `The ${kind} of ${name} is not in turn.`,
      { trustee, next },
      'See who is next with: urna tally run',
    )
  }
}

async function verified(
  crew: Crew,
  board: ClosedBoard,
  from: { contribution: Contribution; file: string; trustee: Trustee; progress: Progress | undefined },
): Promise<BoardStep> {
  const { group } = crew
  const { contribution, file, trustee, progress } = from
  const { payload, kind } = contribution
  const refuse = (reason: string, place = '') =>
    new ContributionInvalid({ file, trustee: trustee.name, reason, ...(place && { place }) })
  const owner = trustee.position
  if (kind === 'shuffle') {
    const reading = await readTogether(crew, (group) => parseCanonical(shuffleFormat(group), payload))
    if (!reading.ok) throw refuse(`it is ${reading.malformation.code}`, reading.malformation.place)
    const { publicKey, fingerprint } = board.election
    const questions = ciphertextsInTurn(group, board)
    const request = { publicKey, fingerprint, questions, progress }
    const wrong = await verifyElectionShuffle(crew, request, reading.value)
    if (wrong !== undefined) {
      if (contribution.head === board.state.head.hash) {
        throw refuse(`it does not prove to be a shuffle of these ballots (${wrong.code})`)
      }
      throw new TrusteeOutOfTurn(
        `The shuffle of ${trustee.name} is not taken: it was made from another archive than the present one, perhaps before another shuffle came in.`,
        { trustee: owner },
        'Nothing was changed. The trustee makes it again from the present archive.',
      )
    }
    return shuffleRecords(group, board.state.head, { owner, shuffle: payload })
  }
  const decryption = await readTogether(crew, (group) => parsePartialDecryption(group, payload))
  if ('refused' in decryption) throw refuse(`it is ${decryption.refused.code}`, decryption.refused.place)
  const wrong = await verifyPartialDecryption(crew, {
    election: board.election,
    publicKey: board.keys[owner - 1]!,
    tally: tallyToOpen(group, board),
    decryption,
  })
  if (wrong !== undefined) {
    throw refuse(`it does not prove to open this tally with their key (${wrong.refused})`, wrong.place)
  }
  return partialDecryptionRecords(group, board.state.head, { owner, partialDecryption: payload })
}
