import { type UnreachedReason, unreachedReasons } from '../mailing/unreached.ts'
import { InvalidInput } from './refusals.ts'

/** @throws InvalidInput */
export function onlyOf(text: string | undefined): UnreachedReason[] | undefined {
  return text?.split(',').map((word) => {
    const reason = unreachedReasons.find((each) => each === word.trim())
    if (reason !== undefined) return reason
    throw new InvalidInput(
      `--only ${text} says nothing of ${word.trim() === '' ? 'whom' : word.trim()}.`,
      { only: text },
      `There are: ${unreachedReasons.join(', ')}, with commas between them.`,
    )
  })
}
