import { InputUnreadable } from '../interchange/read-input.ts'
import { type Contribution, readContribution } from './contribution.ts'
import type { ClosedBoard } from './opened-board.ts'
import { TrusteeOutOfTurn } from './refusals.ts'

/** Whether a trustee's group has done its part without this one. */
export function hasEnough(
  shares: ClosedBoard['shares'],
  done: readonly { readonly owner: number }[],
  trustee: number,
): boolean {
  const own = shares.find(({ owners }) => owners.includes(trustee))
  const present = done.filter(({ owner }) => own?.owners.includes(owner))
  return own !== undefined && present.length >= own.threshold
}

/**
 * @param who.attested whether others of the trustee's group have signed enough of the shuffles
 * @throws TrusteeOutOfTurn if it is not the trustee's turn to do that
 */
export function requireTurn(
  board: ClosedBoard,
  kind: Contribution['kind'],
  who: { trustee: number; attested: boolean },
): void {
  const { state, next, shares } = board
  const { trustee } = who
  const done = kind === 'shuffle' ? state.shuffles : state.decryptions
  if (done.some(({ owner }) => owner === trustee)) {
    throw new TrusteeOutOfTurn(
      `Your ${kind} is in this archive already; nothing more is to be done.`,
      { trustee },
      'If you did not make it, somebody did in your name: tell the election officer, and do not decrypt.',
    )
  }
  if (kind === 'shuffle') requireTurnToShuffle({ state, next, shares }, trustee)
  else requireTurnToDecrypt(board, who)
}

function requireTurnToDecrypt(
  board: ClosedBoard,
  { trustee, attested }: { trustee: number; attested: boolean },
): void {
  const { state, next, shares } = board
  if (hasEnough(shares, state.decryptions, trustee)) {
    throw new TrusteeOutOfTurn(
      'Enough of your group have decrypted: nothing more is to be done.',
      { trustee },
      'Your key was not needed, and stays with you.',
    )
  }
  if (next.kind !== 'decrypt') {
    throw new TrusteeOutOfTurn(
      'It is too early to decrypt: the ballots are not shuffled by every trustee yet.',
      { trustee, next },
      'Ask the election officer for the archive after the last shuffle.',
    )
  }
  if (attested || !lacksShuffleOf(board, trustee)) return
  const inGroup = shares.some(({ owners }) => owners.length > 1 && owners.includes(trustee))
  throw new TrusteeOutOfTurn(
    'Your shuffle is not in this archive, so decrypting could tell the others who voted what.',
    { trustee },
    inGroup
      ? 'If others of your group shuffled in your place, ask the election officer for their signatures (urna trustee message), and put that file beside the archive.'
      : 'Do not decrypt. Ask the election officer why it was left out.',
  )
}

/** Whether ballots are opened one by one, and the trustee did not shuffle them. */
export function lacksShuffleOf({ state, shuffled }: ClosedBoard, trustee: number): boolean {
  return shuffled && !state.shuffles.some(({ owner }) => owner === trustee)
}

/**
 * A shuffle takes no key to make. One that somebody made in the trustee's name tells them who voted what once
 * the ballots are opened, and nobody but the trustee can know that it is another's.
 */
export async function requireOwnShuffle(
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

function requireTurnToShuffle(
  { state, next, shares }: Pick<ClosedBoard, 'state' | 'next' | 'shares'>,
  trustee: number,
): void {
  if (next.kind !== 'shuffle') {
    throw new TrusteeOutOfTurn(
      'This election has nothing to shuffle now.',
      { trustee, next },
      'To decrypt: urna trustee decrypt',
    )
  }
  if (next.trustees.includes(trustee)) return
  if (hasEnough(shares, state.shuffles, trustee)) {
    throw new TrusteeOutOfTurn('Enough of your group have shuffled: yours is not needed.', { trustee, next })
  }
  throw new TrusteeOutOfTurn(
    `You are trustee ${trustee}, and trustee ${next.trustees.join(' or ')} shuffles first.`,
    { trustee, next },
    'Ask the election officer for the archive with that shuffle in it.',
  )
}
