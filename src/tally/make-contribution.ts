import { InputUnreadable } from '../interchange/read-input.ts'
import { requireFree } from '../report/output-file.ts'
import { partialDecryption, serializePartialDecryption } from '../sealing/decryption.ts'
import { shuffleElection, shuffleFormat } from '../sealing/election-shuffle.ts'
import type { Element, Group } from '../sealing/group.ts'
import { readVerified, verifyArchiveFile } from './archive-file.ts'
import { type Contribution, contributionBeside, readContribution, writeContribution } from './contribution.ts'
import { withCrew } from './crew.ts'
import { type PrivateKeyFile, readPrivateKeyFile } from './key-file.ts'
import { type ClosedBoard, ciphertextsInTurn, closedBoard, tallyToOpen } from './opened-board.ts'
import { TrusteeNotFound, TrusteeOutOfTurn } from './refusals.ts'

export type ContributionRequest = {
  /** Path of the public archive. */
  readonly archive: string
  /** Path of the private key file. */
  readonly keyFile: string
  /** Path of the file to write; undefined for `contributionBeside` the key. */
  readonly out: string | undefined
  /** Told how many of `total` equal steps are done. */
  readonly progress?: (label: string, done: number, total: number) => void
} & (
  | { readonly kind: 'shuffle' }
  | {
      readonly kind: 'decryption'
      /**
       * Path of the shuffle that the trustee sent, looked at where ballots are opened one by one; undefined for
       * `contributionBeside` the key.
       */
      readonly ownShuffle: string | undefined
    }
)

/** Of two decryptions of one election, for two boards, the difference may be a single ballot. */
const whyNotTwice =
  'It is your part in this election: send that file. If it does not fit this archive, ask the election officer why there is another one, and do not decrypt.'

export interface MadeContribution {
  file: string
  election: { name: string; uuid: string }
  trustee: number
  /** SHA-256 of the last event of the archive that it was made from, hex. */
  head: string
}

/**
 * A trustee's part, on the trustee's own machine, from the public archive alone. The whole archive is verified
 * first: a trustee who decrypts something inconsistent could open a single ballot.
 *
 * @throws VerificationFailed, TrusteeNotFound, TrusteeOutOfTurn, OutputExists, InputUnreadable
 */
export async function makeContribution(
  group: Group,
  request: ContributionRequest,
): Promise<MadeContribution> {
  const { kind, archive, keyFile, progress } = request
  if (request.out !== undefined) await requireFree(request.out)
  const key = await readPrivateKeyFile(group, keyFile)
  try {
    const report = await verifyArchiveFile(group, archive, (done, total) =>
      progress?.('Verifying', done, total),
    )
    const state = await readVerified(group, archive, report)
    const board = closedBoard(group, state)
    if (board === undefined) {
      throw new TrusteeOutOfTurn('The election is not closed yet, so there is nothing to open.', {})
    }
    const { uuid, name } = board.election.parameters
    const out = request.out ?? contributionBeside(keyFile, { uuid, kind })
    const trustee = positionOf(group, board, key)
    requireTurn(board, kind, trustee)
    await requireFree(out, request.out === undefined ? whyNotTwice : undefined)
    if (kind === 'decryption') {
      const file = request.ownShuffle ?? contributionBeside(keyFile, { uuid, kind: 'shuffle' })
      await requireOwnShuffle(board, { trustee, file })
    }
    const payload =
      kind === 'shuffle'
        ? await shuffleOf(group, board, (done, total) => progress?.('Shuffling', done, total))
        : await decryptionOf(group, board, key)
    await writeContribution(out, { kind, election: uuid, trustee, payload })
    return { file: out, election: { name, uuid }, trustee, head: state.head.hash }
  } finally {
    group.wipe(key.secret)
  }
}

export async function shuffleOf(
  group: Group,
  board: ClosedBoard,
  progress?: (done: number, total: number) => void,
): Promise<string> {
  const { publicKey, fingerprint } = board.election
  const request = { publicKey, fingerprint, questions: ciphertextsInTurn(group, board), progress }
  return shuffleFormat(group).write(await withCrew(group, (crew) => shuffleElection(crew, request)))
}

export async function decryptionOf(
  group: Group,
  board: ClosedBoard,
  { secret }: Pick<PrivateKeyFile, 'secret'>,
): Promise<string> {
  const request = { election: board.election, secret, tally: tallyToOpen(group, board) }
  return serializePartialDecryption(group, await withCrew(group, (crew) => partialDecryption(crew, request)))
}

function positionOf(group: Group, { keys }: ClosedBoard, { name, secret }: PrivateKeyFile): number {
  const publicKey: Element = group.multiplyBase(secret)
  const index = keys.findIndex((key) => group.equal(key, publicKey))
  if (index < 0) throw new TrusteeNotFound(name)
  return index + 1
}

function requireTurn(
  { state, next, shuffled }: ClosedBoard,
  kind: Contribution['kind'],
  trustee: number,
): void {
  const done = kind === 'shuffle' ? state.shuffles : state.decryptions
  if (done.some(({ owner }) => owner === trustee)) {
    throw new TrusteeOutOfTurn(
      `Your ${kind} is in this archive already; nothing more is to be done.`,
      { trustee },
      'If you did not make it, somebody did in your name: tell the election officer, and do not decrypt.',
    )
  }
  if (kind === 'shuffle') requireTurnToShuffle(next, trustee)
  else requireTurnToDecrypt({ state, next, shuffled }, trustee)
}

function requireTurnToDecrypt(
  { state, next, shuffled }: Pick<ClosedBoard, 'state' | 'next' | 'shuffled'>,
  trustee: number,
): void {
  if (next.kind !== 'decrypt') {
    throw new TrusteeOutOfTurn(
      'It is too early to decrypt: the ballots are not shuffled by every trustee yet.',
      { trustee, next },
      'Ask the election officer for the archive after the last shuffle.',
    )
  }
  if (shuffled && !state.shuffles.some(({ owner }) => owner === trustee)) {
    throw new TrusteeOutOfTurn(
      'Your shuffle is not in this archive, so decrypting could tell the others who voted what.',
      { trustee },
      'Do not decrypt. Ask the election officer why it was left out.',
    )
  }
}

/**
 * A shuffle takes no key to make. One that somebody made in the trustee's name tells them who voted what once
 * the ballots are opened, and nobody but the trustee can know that it is another's.
 */
async function requireOwnShuffle(
  { state, shuffled }: ClosedBoard,
  { trustee, file }: { trustee: number; file: string },
): Promise<void> {
  if (!shuffled) return
  const { kind, payload } = await readContribution(file).catch((error: unknown) => {
    throw error instanceof InputUnreadable ? new InputUnreadable(file, error.reason, howToNameIt) : error
  })
  const present = state.shuffles.find(({ owner }) => owner === trustee)
  if (kind === 'shuffle' && payload === present?.body) return
  throw new TrusteeOutOfTurn(
    `The shuffle in this archive under your name is not the one that you made, in ${file}: whoever made it would learn who voted what.`,
    { trustee, file },
    `Do not decrypt, unless you sent another file: then name it with --shuffle FILE. Ask the election officer where the shuffle comes from.`,
  )
}

const howToNameIt =
  'Name the shuffle that you sent with --shuffle FILE: by it you know that the shuffle under your name is yours.'

function requireTurnToShuffle(next: ClosedBoard['next'], trustee: number): void {
  if (next.kind !== 'shuffle') {
    throw new TrusteeOutOfTurn(
      'This election has nothing to shuffle now.',
      { trustee, next },
      'To decrypt: urna trustee decrypt',
    )
  }
  if (next.trustee !== trustee) {
    throw new TrusteeOutOfTurn(
      `You are trustee ${trustee}, and trustee ${next.trustee} shuffles first.`,
      { trustee, next },
      'Ask the election officer for the archive with that shuffle in it.',
    )
  }
}
