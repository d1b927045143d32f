import { type Alias, isMap, isNode, isSeq, LineCounter, parseDocument, visit } from 'yaml'

/** Where something stands in a text; both count from 1. */
export interface Place {
  line: number
  column: number
}

/** A YAML or JSON text that was read, and where each of its values stands. */
export interface PlacedDocument {
  value: unknown
  /** Of the value at the path; of what it would be in where there is none. `onKey` for the name before the value. */
  placeOf(path: readonly PropertyKey[], onKey?: PropertyKey): Place
}

/** @returns the document, or what makes the text unreadable */
export function readPlaced(text: string): PlacedDocument | { unreadable: Place & { message: string } } {
  const lines = new LineCounter()
  const document = parseDocument(text.replace(/^\ufeff/, ''), { lineCounter: lines, prettyErrors: false })
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const [error] = document.errors
  if (error !== undefined) {
    return { unreadable: { ...place(error.pos[0]), message: `this is no YAML or JSON: ${error.message}` } }
  }
  const alias = firstAlias(document)
  if (alias !== undefined) {
    const message = `the alias *${alias.source} is not taken: write out what it stands for`
    return { unreadable: { ...place(alias.range?.[0] ?? 0), message } }
  }
  return {
    value: document.toJS(),
    placeOf: (path, onKey) => place(offsetOf(document.contents, path, onKey)),
  }
}

/** Aliases of aliases make a short text endless, and no election needs one. */
function firstAlias(document: Parameters<typeof visit>[0]): Alias | undefined {
  let first: Alias | undefined
  visit(document, {
    Alias(_key, alias) {
      first = alias
      return visit.BREAK
    },
  })
  return first
}

function offsetOf(root: unknown, path: readonly PropertyKey[], onKey: PropertyKey | undefined): number {
  let node = root
  for (const part of path) {
    const inner = isMap(node) || isSeq(node) ? node.get(part, true) : undefined
    if (!isNode(inner)) break
    node = inner
  }
  if (onKey !== undefined && isMap(node)) {
    const pair = node.items.find(({ key }) => String(key) === onKey)
    if (isNode(pair?.key)) return pair.key.range?.[0] ?? 0
  }
  return isNode(node) ? (node.range?.[0] ?? 0) : 0
}
