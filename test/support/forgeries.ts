import { loadGroup } from '../../src/sealing/group-sodium.ts'
import type { VerifiedPrefix } from '../../src/sealing/verified-prefix.ts'
import { held } from './forger.ts'
import { archiveForgeries } from './forgeries/archive.ts'
import { ballotForgeries } from './forgeries/ballots.ts'
import { chainForgeries } from './forgeries/chain.ts'
import type { FoundOut, TextForgery } from './forgeries/forgery.ts'
import { openingForgeries } from './forgeries/opening.ts'
import { setupForgeries } from './forgeries/setup.ts'
import { sizeForgeries, tallyForgeries } from './forgeries/tally.ts'
import { trusteeForgeries } from './forgeries/trustees.ts'
import { archiveOf, boardSteps } from './held-election.ts'

const group = await loadGroup()

export interface Forgery extends FoundOut {
  readonly archive: () => Uint8Array | Promise<Uint8Array>
  readonly since?: VerifiedPrefix
}

/** Each breaks one check of the verifier, and no other. */
export const forgeries: readonly Forgery[] = [
  ...[...setupForgeries, ...trusteeForgeries, ...ballotForgeries, ...tallyForgeries, ...openingForgeries].map(
    written,
  ),
  ...sizeForgeries,
  ...chainForgeries,
  ...archiveForgeries,
]

function written({ election = async () => held, texts, ...found }: TextForgery): Forgery {
  const archive = async () => {
    const forged = await election()
    return archiveOf(boardSteps(group, { ...forged.texts, ...texts(forged.texts, forged) }))
  }
  return { ...found, archive }
}
