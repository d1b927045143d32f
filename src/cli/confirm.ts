import { askText, canAsk } from './prompts.ts'
import { ConfirmationNeeded } from './refusals.ts'

/**
 * Wants the name typed before something that can't be undone: with `--confirm`, or at the prompt.
 * @param options.deed begins the sentence: `Closing board-2026`
 * @throws ConfirmationNeeded where the name was not given, or another one
 */
export async function confirmDeed(options: {
  deed: string
  name: string
  given: string | undefined
}): Promise<void> {
  const { deed, name, given } = options
  const typed =
    given ??
    (canAsk()
      ? await askText(`${deed} can't be undone. To confirm, type ${name}`, { flag: `--confirm ${name}` })
      : undefined)
  if (typed?.trim() !== name) throw new ConfirmationNeeded({ deed, name })
}
