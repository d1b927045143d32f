/**
 * A JSON value as it was written: numbers keep their text, and objects their keys in order, so that nothing
 * is lost that decides whether a ballot stands.
 */
export type JsonNode =
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'literal'; readonly text: 'true' | 'false' | 'null' }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [key: string, value: JsonNode])[] }

/** The deepest ballot is a list of parts of a split, each an object with an object of answers. */
const deepest = 4

const token =
  /[ \t\n\r]*(?:([[\]{}:,])|("(?:[^"\\]|\\.)*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null))/y

/** Reads JSON; `undefined` if the text is none, nests too deeply, or an object has a key twice. */
export function readStrictJson(text: string): JsonNode | undefined {
  try {
    return new StrictReader(text).read()
  } catch (error) {
    if (error instanceof NotJson) return undefined
    throw error
  }
}

class NotJson extends Error {}

function unquoted(string: string): string {
  try {
    return JSON.parse(string) as string
  } catch {
    throw new NotJson()
  }
}

class StrictReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  read(): JsonNode {
    const value = this.#value(this.#next(), 0)
    if (/[^ \t\n\r]/.test(this.#text.slice(this.#at))) throw new NotJson()
    return value
  }

  #next(): RegExpExecArray {
    token.lastIndex = this.#at
    const match = token.exec(this.#text)
    if (match === null) throw new NotJson()
    this.#at = token.lastIndex
    return match
  }

  #value([, mark, string, number, literal]: RegExpExecArray, depth: number): JsonNode {
    if (string !== undefined) return { kind: 'string', text: unquoted(string) }
    if (number !== undefined) return { kind: 'number', text: number }
    if (literal !== undefined) return { kind: 'literal', text: literal as 'true' | 'false' | 'null' }
    if (depth < deepest && mark === '[') return this.#array(depth + 1)
    if (depth < deepest && mark === '{') return this.#object(depth + 1)
    throw new NotJson()
  }

  #array(depth: number): JsonNode {
    const items: JsonNode[] = []
    for (let match = this.#next(); match[1] !== ']' || items.length > 0; match = this.#next()) {
      items.push(this.#value(match, depth))
      if (this.#ends(']')) break
    }
    return { kind: 'array', items }
  }

  #object(depth: number): JsonNode {
    const members: [string, JsonNode][] = []
    const keys = new Set<string>()
    for (let match = this.#next(); match[1] !== '}' || members.length > 0; match = this.#next()) {
      const key = match[2] === undefined ? undefined : unquoted(match[2])
      if (key === undefined || keys.has(key) || this.#next()[1] !== ':') throw new NotJson()
      keys.add(key)
      members.push([key, this.#value(this.#next(), depth)])
      if (this.#ends('}')) break
    }
    return { kind: 'object', members }
  }

  /** Whether the array or object ends here, and not with a comma another member follows. */
  #ends(close: ']' | '}'): boolean {
    const [, mark] = this.#next()
    if (mark !== close && mark !== ',') throw new NotJson()
    return mark === close
  }
}

/** What an object has under a name; undefined where it has nothing, or is none. */
export function memberOf(node: JsonNode, name: string): JsonNode | undefined {
  return node.kind === 'object' ? node.members.find(([key]) => key === name)?.[1] : undefined
}

/** The text of a node, with nothing lost that was in it. */
export function textOfNode(node: JsonNode): string {
  switch (node.kind) {
    case 'string':
      return JSON.stringify(node.text)
    case 'number':
    case 'literal':
      return node.text
    case 'array':
      return `[${node.items.map(textOfNode).join(',')}]`
    case 'object':
      return `{${node.members.map(([key, value]) => `${JSON.stringify(key)}:${textOfNode(value)}`).join(',')}}`
  }
}
