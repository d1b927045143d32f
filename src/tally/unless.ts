import type { Malformation } from '../sealing/canonical-json.ts'
import { BoardDamaged } from './refusals.ts'

type Refused = { readonly refused: Malformation }

/** What a reader of the protocol's texts read. @throws BoardDamaged where it refused */
export function unless<T extends object>(read: T, what: string): Exclude<T, Refused> {
  if ('refused' in read) throw new BoardDamaged(`${what} is malformed`)
  return read as Exclude<T, Refused>
}
