import type { Group } from '../../src/sealing/group.ts'

/** A group that counts what is asked of it, so that a test can compare the work for different secrets. */
export function countingGroup(group: Group): { group: Group; counts: Map<string, number> } {
  const counts = new Map<string, number>()
  const counting = new Proxy(group, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver)
      if (typeof member !== 'function') return member
      return (...args: unknown[]) => {
        counts.set(String(name), (counts.get(String(name)) ?? 0) + 1)
        return member.apply(target, args)
      }
    },
  })
  return { group: counting, counts }
}
