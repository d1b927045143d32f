import type { Element, PublicSums, Scalar, Term } from './group.ts'
import { sumsCode } from './sums-code.ts'

/** The functions of `wasm/sums.ts`. An address or size is a number of bytes. */
interface Code {
  readonly memory: WebAssembly.Memory
  readonly firstFree: WebAssembly.Global
  readonly powersSize: WebAssembly.Global
  readonly tableSize: WebAssembly.Global
  readonly scalarStride: WebAssembly.Global
  setUp(): void
  writePowers(powers: number, bytes: number): number
  writeTable(table: number, bytes: number): number
  startSum(): void
  addMultiple(powers: number, scalar: number): void
  addFromTable(to: number, table: number, scalar: number): void
  finishSum(to: number): void
  sumMultiples(to: number, bytes: number, scalars: number, count: number, width: number, room: number): number
  compressAll(bytes: number, points: number, count: number, products: number): void
}

const pointSize = 160
const fieldSize = 40
/** Tables that are kept at most; a machine that holds many elections at once makes some anew. */
const mostTables = 6
/** Points that are summed together: what they take stays in a processor's cache. */
const batch = 2048

let loading: Promise<PublicSums> | undefined

/** The same for all that ask: it holds nothing but tables of public points. */
export function loadPublicSums(): Promise<PublicSums> {
  loading ??= instantiate()
  return loading
}

async function instantiate(): Promise<PublicSums> {
  const bytes = Uint8Array.from(atob(sumsCode), (character) => character.charCodeAt(0))
  const { instance } = await WebAssembly.instantiate(bytes, {})
  return publicSumsOn(instance.exports as unknown as Code)
}

function publicSumsOn(code: Code): PublicSums {
  code.setUp()
  const tables = new Map<string, number>()
  const tablesStart = code.firstFree.value
  const tableSize = code.tableSize.value
  const powersSize = code.powersSize.value
  const scalarStride = code.scalarStride.value
  /** One scalar or point on its way in. */
  const inbox = tablesStart + mostTables * tableSize
  const room = inbox + 64
  let memory = new Uint8Array(code.memory.buffer)

  function reserve(end: number): void {
    const missing = end - memory.length
    if (missing > 0) code.memory.grow(Math.ceil(missing / 65536))
    memory = new Uint8Array(code.memory.buffer)
  }

  function put(bytes: Uint8Array): number {
    memory.set(bytes, inbox)
    return inbox
  }

  function tableOf(point: Element): number {
    const key = point.join()
    const known = tables.get(key)
    if (known !== undefined) {
      tables.delete(key)
      tables.set(key, known)
      return known
    }
    const [oldest] = tables
    const isFull = tables.size === mostTables
    const table = isFull ? oldest![1] : tablesStart + tables.size * tableSize
    if (isFull) tables.delete(oldest![0])
    requirePoint(code.writeTable(table, put(point)))
    tables.set(key, table)
    return table
  }

  /** @returns the points at an address, as bytes */
  function compressed(points: number, count: number, free: number): Element[] {
    const bytes = free + count * fieldSize
    code.compressAll(bytes, points, count, free)
    return Array.from(
      { length: count },
      (_, i) => memory.slice(bytes + 32 * i, bytes + 32 * i + 32) as Element,
    )
  }

  function sumBatch(terms: readonly Term[]): Element {
    const bytes = room + pointSize
    const scalars = bytes + 32 * terms.length
    const free = scalars + scalarStride * (terms.length + 1)
    const width = widthFor(terms.length)
    const most = (terms.length + 2 ** (width - 1)) * pointSize + 2 * terms.length * Math.ceil(255 / width)
    reserve(free + most)
    memory.fill(0, scalars, free)
    for (const [i, { point, scalar }] of terms.entries()) {
      memory.set(point, bytes + 32 * i)
      memory.set(scalar, scalars + scalarStride * i)
    }
    requirePoint(code.sumMultiples(room, bytes, scalars, terms.length, width, free))
    return compressed(room, 1, free)[0]!
  }

  return {
    sum(terms) {
      const sums: Term[] = []
      for (let first = 0; first < terms.length; first += batch) {
        sums.push({ point: sumBatch(terms.slice(first, first + batch)), scalar: one })
      }
      return sums.length === 1 ? sums[0]!.point : sumBatch(sums)
    },

    sumEach({ common, sums }) {
      const points = [...new Set(sums.flat().map(({ point }) => point))].filter((p) => !common.includes(p))
      const results = room + points.length * powersSize
      const free = results + sums.length * pointSize
      reserve(free + sums.length * (fieldSize + 32))
      const powers = new Map<Element, number>()
      for (const [i, point] of points.entries()) {
        const address = room + i * powersSize
        requirePoint(code.writePowers(address, put(point)))
        powers.set(point, address)
      }
      for (const [i, terms] of sums.entries()) {
        const result = results + i * pointSize
        code.startSum()
        for (const { point, scalar } of terms) {
          const address = powers.get(point)
          if (address !== undefined) code.addMultiple(address, put(scalar))
        }
        code.finishSum(result)
        for (const { point, scalar } of terms) {
          if (powers.has(point)) continue
          const table = tableOf(point)
          code.addFromTable(result, table, put(scalar))
        }
      }
      return compressed(results, sums.length, free)
    },
  }
}

const one = Uint8Array.of(1, ...new Uint8Array(31)) as Scalar

/** Bits of a digit with which `count` points take the fewest additions. */
function widthFor(count: number): number {
  const additions = (width: number) => Math.floor((254 + width) / width) * (count + 2 ** width)
  const widths = Array.from({ length: 12 }, (_, i) => i + 2)
  return widths.reduce((best, width) => (additions(width) < additions(best) ? width : best))
}

/** Elements were checked when they were read: only a mistake of ours gets here. */
function requirePoint(isPoint: number): void {
  if (isPoint === 0) throw new RangeError('not a point of the curve')
}
