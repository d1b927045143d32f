import type { OptionIndex } from './option-index.ts'
import { TabulationRefusal } from './refusals.ts'

/**
 * The option that rules name.
 * @throws TabulationRefusal `rules-invalid` if no option or more than one has the name
 */
export function optionNamed(name: string, options: readonly string[]): OptionIndex {
  const option = options.indexOf(name)
  if (option === -1) {
    throw new TabulationRefusal('rules-invalid', `The rules name ${name}, which is no option.`, { name })
  }
  if (options.indexOf(name, option + 1) !== -1) {
    throw new TabulationRefusal('rules-invalid', `${name} is the name of more than one option.`, { name })
  }
  return option
}

/**
 * The option that rules name, for rules that mean nothing without it.
 * @throws TabulationRefusal `rules-invalid` as `optionNamed`, and if it is withdrawn
 */
export function standingOptionNamed(
  name: string,
  options: readonly string[],
  standing: readonly OptionIndex[],
): OptionIndex {
  const option = optionNamed(name, options)
  if (standing.includes(option)) return option
  throw new TabulationRefusal('rules-invalid', `The rules name ${name}, which is withdrawn.`, { name })
}
