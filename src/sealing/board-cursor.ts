import type { ByteSource } from './archive-reader.ts'
import { type BoardEntry, readBoard } from './board-reader.ts'
import type { Group } from './group.ts'
import { CheckFailed } from './verification-report.ts'

export type EntryOf<Type extends BoardEntry['type']> = Extract<BoardEntry, { readonly type: Type }>

/** The entries of a board, taken one by one by whoever knows what must come. */
export interface BoardCursor {
  /** The last entry read. */
  readonly head: BoardEntry | undefined
  /** The next entry, which stays the next; undefined at the end of the archive. */
  peek(): Promise<BoardEntry | undefined>
  /** The next entry if it is of this type. */
  take<Type extends BoardEntry['type']>(type: Type): Promise<EntryOf<Type> | undefined>
  /** The next entries, for as long as they are of this type. */
  entries<Type extends BoardEntry['type']>(type: Type): AsyncGenerator<EntryOf<Type>>
  /** Reads what is left, for its form alone. */
  drain(): Promise<void>
}

/**
 * Every function of the cursor throws `CheckFailed` where the archive is refused, for the check `archive` or
 * `chain`, and from then on: nothing after it was read, so that nothing can be said of it.
 *
 * @param seen is told each entry as it is read
 */
export function openBoard(
  group: Group,
  source: ByteSource,
  seen: (entry: BoardEntry) => void = () => {},
): BoardCursor {
  const pieces = readBoard(group, source)
  let head: BoardEntry | undefined
  let next: BoardEntry | undefined
  let refusal: CheckFailed | undefined

  async function peek(): Promise<BoardEntry | undefined> {
    if (next !== undefined) return next
    if (refusal !== undefined) throw refusal
    const { done, value: piece } = await pieces.next()
    if (done === true) return undefined
    if (piece.kind === 'refused') {
      const { check, reason, file, height } = piece
      refusal = new CheckFailed({ check, reason, place: { file, height } })
      throw refusal
    }
    head = piece.entry
    seen(head)
    next = piece.entry
    return next
  }

  async function take<Type extends BoardEntry['type']>(type: Type): Promise<EntryOf<Type> | undefined> {
    const entry = await peek()
    if (entry === undefined || !isOf(entry, type)) return undefined
    next = undefined
    return entry
  }

  async function* entries<Type extends BoardEntry['type']>(type: Type): AsyncGenerator<EntryOf<Type>> {
    for (let entry = await take(type); entry !== undefined; entry = await take(type)) yield entry
  }

  async function drain(): Promise<void> {
    while ((await peek()) !== undefined) next = undefined
  }

  return {
    get head() {
      return head
    },
    peek,
    take,
    entries,
    drain,
  }
}

function isOf<Type extends BoardEntry['type']>(entry: BoardEntry, type: Type): entry is EntryOf<Type> {
  return entry.type === type
}
