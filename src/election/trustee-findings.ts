import type { CeremonyState } from './trustee-group.ts'

/** Who would hold the key if the election opened now. */
export interface TrusteeFacts {
  /** Of all trustees, that of the file among them. */
  readonly keys: number
  /** How many must be there together to open anything. */
  readonly toOpen: number
  /** Besides the file, those of a group whose ceremony still goes on among them. */
  readonly people: number
  /** Who has not shown yet that the key works, by name. */
  readonly notRehearsed: readonly string[]
  /** Of a threshold group, until it has its key. */
  readonly ceremony: CeremonyState | undefined
}

/** What is missing or risky in who holds the key, in the shape of `examine`. */
interface TrusteeFinding {
  level: 'blocks' | 'warns'
  code: string
  message: string
  command: string
}

export function trusteeFindings(slug: string, facts: TrusteeFacts): TrusteeFinding[] {
  const { keys, toOpen, people, notRehearsed, ceremony } = facts
  if (ceremony !== undefined) return [unfinished(slug, ceremony)]
  if (keys === 0) {
    return [
      {
        level: 'blocks',
        code: 'no-trustee',
        message: 'Nobody holds a key, so no ballot could ever be opened.',
        command: `urna trustee add KEY.public.json ${slug}`,
      },
    ]
  }
  return [...fewHolders(slug, { toOpen, people }), ...unrehearsed(slug, notRehearsed)]
}

function unfinished(slug: string, { round, awaited }: CeremonyState): TrusteeFinding {
  return {
    level: 'blocks',
    code: 'ceremony-unfinished',
    message: `The key ceremony of the trustees is in round ${round} of 3, and waits for ${awaited.join(', ')}.`,
    command: `urna trustee message ${slug}`,
  }
}

function fewHolders(
  slug: string,
  { toOpen, people }: Pick<TrusteeFacts, 'toOpen' | 'people'>,
): TrusteeFinding[] {
  if (toOpen > 1) return []
  if (people > 0) {
    return [
      {
        level: 'warns',
        code: 'one-key-holder',
        message:
          'One trustee alone can open the votes, so they are confidential, not secret. With a higher threshold, or another trustee, nobody can alone.',
        command: `urna trustee list ${slug}`,
      },
    ]
  }
  return [
    {
      level: 'warns',
      code: 'one-key-holder',
      message:
        'This file alone holds the key, so the votes are confidential, not secret: whoever has the file and its passphrase could open a single ballot. With trustees, nobody can alone.',
      command: `urna trustee add KEY.public.json ${slug}`,
    },
  ]
}

function unrehearsed(slug: string, names: readonly string[]): TrusteeFinding[] {
  if (names.length === 0) return []
  return [
    {
      level: 'warns',
      code: 'not-rehearsed',
      message: `${names.join(', ')} ${names.length === 1 ? 'has' : 'have'} not shown yet that the key is at hand and works: without the keys that are needed, no ballot is ever opened.`,
      command: `urna trustee message ${slug}`,
    },
  ]
}
