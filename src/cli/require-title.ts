import { InvalidInput } from './refusals.ts'

/** What oclif's parser gives back, as far as it matters here. */
interface Parsed {
  flags: { title?: string | undefined }
  metadata: { flags: { [flag: string]: { setFromDefault?: boolean } | undefined } }
}

/**
 * Without a title a command asks for everything, and what was typed would be passed over: a filter of who may
 * vote, for one.
 * @param describing flags that say something of what is made
 * @throws InvalidInput naming the first that was typed
 */
export function requireTitle({ flags, metadata }: Parsed, describing: readonly string[]): void {
  if (flags.title !== undefined) return
  const typed = describing.find(
    (flag) => Object.hasOwn(flags, flag) && metadata.flags[flag]?.setFromDefault !== true,
  )
  if (typed === undefined) return
  throw new InvalidInput(
    `--${typed} is given without --title.`,
    { flag: typed },
    'Give the title as well with --title TEXT, or leave the other flags out and answer the questions.',
  )
}
