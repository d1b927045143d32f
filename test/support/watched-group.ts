import type { Group, Scalar } from '../../src/sealing/group.ts'

export interface WatchedGroup {
  readonly group: Group
  /** Every scalar drawn by chance, as it is now. */
  readonly drawn: readonly Scalar[]
  /** Every secret that was overwritten. */
  readonly wiped: readonly Uint8Array[]
}

/** A group that remembers what it drew and what it was told to overwrite. */
export function watchedGroup(group: Group): WatchedGroup {
  const drawn: Scalar[] = []
  const wiped: Uint8Array[] = []
  const watched: Group = {
    ...group,
    randomScalar() {
      const scalar = group.randomScalar()
      drawn.push(scalar)
      return scalar
    },
    wipe(secret) {
      wiped.push(secret)
      group.wipe(secret)
    },
  }
  return { group: watched, drawn, wiped }
}

export function isWiped(secret: Uint8Array): boolean {
  return secret.every((byte) => byte === 0)
}
