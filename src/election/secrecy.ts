import * as z from 'zod/mini'

/** Who may see who voted what, as an officer sets it before the opening. */
export const visibilities = ['secret', 'open', 'named', 'manual'] as const
export type Visibility = (typeof visibilities)[number]

/** What is known of who voted how. */
export const secrecySchema = z.object({
  kind: z.enum(['secret', 'confidential', 'sealed', 'open', 'anonymised', 'named', 'manual']),
  /** How many key holders are needed together to open a ballot; null where none is sealed, or nobody can say. */
  keyHolders: z.nullable(z.int()),
  /** Whether officers see votes while they come in. */
  live: z.boolean(),
})

export type Secrecy = z.infer<typeof secrecySchema>

/**
 * @param election.keyHolders how many are needed together to open the box; null where a file does not tell
 * @param election.anonymised whether the voters of its ballots were forgotten
 */
export function secrecyOf(election: {
  readonly visibility: Visibility
  readonly keyHolders: number | null
  readonly anonymised: boolean
  readonly liveVoting: boolean
}): Secrecy {
  const { visibility, keyHolders, anonymised, liveVoting: live } = election
  switch (visibility) {
    case 'secret': {
      const kind = keyHolders === null ? 'sealed' : keyHolders > 1 ? 'secret' : 'confidential'
      return { kind, keyHolders, live: false }
    }
    case 'open':
      return { kind: anonymised ? 'anonymised' : 'open', keyHolders: null, live }
    case 'named':
    case 'manual':
      return { kind: visibility, keyHolders: null, live }
  }
}

/** @param keyHolders as `secrecyOf` has them */
export function secrecyOfElection(
  election: { visibility: Visibility; anonymised_at: string | null; live_voting: 0 | 1 },
  keyHolders: number | null,
): Secrecy {
  const { visibility, anonymised_at, live_voting } = election
  return secrecyOf({
    ...{ visibility, keyHolders },
    anonymised: anonymised_at !== null,
    liveVoting: live_voting === 1,
  })
}

/** One sentence on it, for whoever reads a result or is about to vote. */
export function secrecySentence({ kind, keyHolders, live }: Secrecy): string {
  switch (kind) {
    case 'secret':
      return `This vote is secret: a ballot can be opened only by ${keyHolders} key holders together.`
    case 'confidential':
      return 'This vote is confidential, not secret: one key holder alone could open single ballots.'
    case 'sealed':
      return 'The ballots of this vote are sealed: only its key holders could open one.'
    case 'open':
      return `This vote is open, not secret: its officers can see who voted what${meanwhile(live)}.`
    case 'anonymised':
      return 'This vote was open, and has been made anonymous: its record no longer tells who voted what.'
    case 'named':
      return `This vote is by name, not secret: who voted what is published with the result${live ? ', and its officers see it while the vote is going on' : ''}.`
    case 'manual':
      return 'In this vote no ballots are cast here: an officer types in the result.'
  }
}

function meanwhile(live: boolean): string {
  return live ? ', while the vote is going on too' : ''
}
