export interface Verdict {
  readonly holds: boolean
  /** In their order; where one does not hold, none follows. */
  readonly checks: readonly { readonly sentence: string; readonly holds: boolean }[]
  readonly reason?: string
}

export function verifyArchive(bytes: Uint8Array): Verdict
