import { rm } from 'node:fs/promises'
import { requireFree } from '../report/output-file.ts'
import { partialDecryption, serializePartialDecryption } from '../sealing/decryption.ts'
import { shuffleElection, shuffleFormat } from '../sealing/election-shuffle.ts'
import { elementToHex } from '../sealing/encoding.ts'
import type { Element, Group, Scalar } from '../sealing/group.ts'
import { proofFormat } from '../sealing/proof.ts'
import { signText } from '../sealing/signed-message.ts'
import { readVerified, verifyArchiveFile } from './archive-file.ts'
import { findOwnKey } from './ceremony/own-key.ts'
import {
  type Contribution,
  contributionBeside,
  contributionStatement,
  readContribution,
  writeContribution,
} from './contribution.ts'
import { lacksShuffleOf, requireOwnShuffle, requireTurn } from './contribution-turn.ts'
import { withCrew } from './crew.ts'
import { type PrivateKeyFile, publicKeyOf, readPrivateKeyFile } from './key-file.ts'
import { type ClosedBoard, ciphertextsInTurn, closedBoard, tallyToOpen } from './opened-board.ts'
import { OtherElection, TrusteeNotFound, TrusteeOutOfTurn } from './refusals.ts'
import { areShufflesSigned } from './shuffle-signatures.ts'

export type ContributionRequest = {
  /** Path of the public archive. */
  readonly archive: string
  /** Path of the private key file; undefined for the one in `folder` that fits. */
  readonly keyFile: string | undefined
  readonly folder?: string
  /** Uuid of the election that the trustee means; undefined for that of the archive, whichever it is. */
  readonly election?: string
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
  /** What the trustee's turn is. */
  | { readonly kind: 'due' }
)

/** Of two decryptions of one election, for two boards, the difference may be a single ballot. */
const whyNotTwice =
  'It is your part in this election: send that file. If it does not fit this archive, ask the election officer why there is another one, and do not decrypt.'

export interface MadeContribution {
  did: Contribution['kind']
  file: string
  keyFile: string
  name: string
  election: { name: string; uuid: string }
  trustee: number
  /** SHA-256 of the last event of the archive that it was made from, hex. */
  head: string
  /** False if it was made before from the same archive, and nothing was done. */
  changed: boolean
}

/**
 * A trustee's part, on the trustee's own machine, from the public archive alone. The whole archive is verified
 * first: a trustee who decrypts something inconsistent could open a single ballot.
 *
 * @throws VerificationFailed, OtherElection, TrusteeNotFound, TrusteeOutOfTurn, OutputExists, InputUnreadable
 */
export async function makeContribution(
  group: Group,
  request: ContributionRequest,
): Promise<MadeContribution> {
  const { archive, progress } = request
  if (request.out !== undefined) await requireFree(request.out)
  let key = request.keyFile === undefined ? undefined : await readPrivateKeyFile(group, request.keyFile)
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
    if (uuid !== (request.election ?? uuid)) throw new OtherElection({ archive, name })
    const keyFile = request.keyFile ?? (await keyFileIn(group, board, request.folder ?? '.'))
    key ??= await readPrivateKeyFile(group, keyFile)
    const kind = request.kind === 'due' ? dueKind(board) : request.kind
    const out = request.out ?? contributionBeside(keyFile, { uuid, kind })
    const trustee = positionOf(group, board, key)
    const others = kind === 'decryption' && lacksShuffleOf(board, trustee)
    const attested = others && (await areShufflesSigned(group, board, { archive, trustee }))
    requireTurn(board, kind, { trustee, attested })
    const made = { did: kind, file: out, keyFile, name: key.name, election: { name, uuid }, trustee }
    const before = request.kind === 'due' ? await readContribution(out).catch(() => undefined) : undefined
    if (before?.head === state.head.hash) return { ...made, head: before.head, changed: false }
    // Another of the group shuffled first, so that ours was refused; of decryptions there is never a second.
    if (before !== undefined && kind === 'shuffle') await rm(out)
    await requireFree(out, request.out === undefined ? whyNotTwice : undefined)
    if (kind === 'decryption' && !attested) {
      const given = request.kind === 'decryption' ? request.ownShuffle : undefined
      const file = given ?? contributionBeside(keyFile, { uuid, kind: 'shuffle' })
      await requireOwnShuffle(board, { trustee, file })
    }
    const payload =
      kind === 'shuffle'
        ? await shuffleOf(group, board, (done, total) => progress?.('Shuffling', done, total))
        : await decryptionOf(group, board, key)
    const unsigned = { kind, election: uuid, trustee, head: state.head.hash, payload }
    const signature = signContribution(group, board, { secret: key.secret, unsigned })
    await writeContribution(out, { ...unsigned, signature })
    return { ...made, head: state.head.hash, changed: true }
  } finally {
    if (key !== undefined) group.wipe(key.secret)
  }
}

/** JSON text, to go with the contribution. */
export function signContribution(
  group: Group,
  { election }: Pick<ClosedBoard, 'election'>,
  { secret, unsigned }: { secret: Scalar; unsigned: Omit<Contribution, 'signature'> },
): string {
  return proofFormat.write(signText(group, secret, contributionStatement(group, election, unsigned)))
}

function dueKind({ next }: ClosedBoard): Contribution['kind'] {
  return next.kind === 'shuffle' ? 'shuffle' : 'decryption'
}

/** @throws TrusteeNotFound if no key in the folder is one of the election's */
async function keyFileIn(group: Group, { keys }: ClosedBoard, folder: string): Promise<string> {
  const own = await findOwnKey(group, { keyFile: undefined, folder }, ({ secretKey }) => {
    if (secretKey === undefined) return false
    const publicKey = publicKeyOf(group, secretKey)
    return keys.some((key) => elementToHex(key) === publicKey)
  })
  if (own === undefined) throw new TrusteeNotFound(undefined)
  return own.file
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
