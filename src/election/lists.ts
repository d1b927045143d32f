import { methodById } from '../tabulation/registry.ts'
import { type OptionDraft, option } from './contest-draft.ts'

/** Whether the options of a contest are lists. */
export function hasLists({ method }: { method: string }): boolean {
  return methodById(method).style === 'list'
}

/**
 * Candidates of lists are no options: each stands on the list that its slate names, in the order given, and a list
 * that is not there yet follows the others.
 */
export function gatheredLists(options: readonly OptionDraft[]): OptionDraft[] {
  const lists: OptionDraft[] = options.filter(({ slate }) => slate === null)
  for (const { name, slate } of options) {
    if (slate === null) continue
    const index = lists.findIndex((list) => list.name === slate)
    const list = lists[index] ?? option(slate)
    const listed = { ...list, members: list.members.includes(name) ? list.members : [...list.members, name] }
    if (index === -1) lists.push(listed)
    else lists[index] = listed
  }
  return lists
}
