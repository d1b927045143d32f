import type { SealingDesk } from './sealing-desk.ts'

/** What the page asks of the desk in the worker. */
export type DeskRequest = {
  [Deed in keyof SealingDesk]: {
    readonly id: number
    readonly deed: Deed
    readonly given: Parameters<SealingDesk[Deed]>
  }
}[keyof SealingDesk]

/** A fault has no text: what went wrong inside could have a secret in it. */
export type DeskReply =
  | { readonly id: number; readonly value: Awaited<ReturnType<SealingDesk[keyof SealingDesk]>> }
  | { readonly id: number; readonly failed: true }
