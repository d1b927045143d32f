import { Flags } from '@oclif/core'

const deeds = ['close', 'publish', 'certify', 'purge'] as const

export const twoOfficersFlag = Flags.option({
  description: 'A deed that needs the approval of a second officer, as often as needed; none for no deed.',
  options: [...deeds, 'none'] as const,
  multiple: true,
  multipleNonGreedy: true,
})()

/** The whole list, without doubles. */
export function deedsOfFlag(
  given: readonly (string | 'none')[] | undefined,
): (typeof deeds)[number][] | undefined {
  return given === undefined ? undefined : deeds.filter((deed) => given.includes(deed))
}
