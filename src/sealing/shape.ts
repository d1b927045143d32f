import { array, type Format } from './canonical-json.ts'

/**
 * Arrays of anything, nested however deep the question needs: a list of ciphertexts for most, a list of lists
 * for a question of lists. The leaves are never arrays.
 */
export type Shape<T> = T | readonly Shape<T>[]

export function mapShape<T, U>(shape: Shape<T>, change: (leaf: T) => U): Shape<U> {
  return isBranch(shape) ? shape.map((inner) => mapShape(inner, change)) : change(shape)
}

/** @throws RangeError if the two aren't of the same shape */
export function zipShapes<T, U, V>(a: Shape<T>, b: Shape<U>, combine: (a: T, b: U) => V): Shape<V> {
  if (isBranch(a) && isBranch(b) && a.length === b.length) {
    return a.map((inner, index) => zipShapes(inner, b[index]!, combine))
  }
  if (!isBranch(a) && !isBranch(b)) return combine(a, b)
  throw new RangeError('two different shapes')
}

export function haveSameShape(a: Shape<unknown>, b: Shape<unknown>): boolean {
  if (isBranch(a) && isBranch(b)) {
    return a.length === b.length && a.every((inner, index) => haveSameShape(inner, b[index]))
  }
  return !isBranch(a) && !isBranch(b)
}

export interface Leaf<T> {
  readonly value: T
  /** Such as `[0][3]`. */
  readonly place: string
}

/** From the first to the last. */
export function* leavesOf<T>(shape: Shape<T>, place = ''): Generator<Leaf<T>> {
  if (isBranch(shape)) {
    for (const [index, inner] of shape.entries()) yield* leavesOf(inner, `${place}[${index}]`)
  } else {
    yield { value: shape, place }
  }
}

/** An array of shapes of the format's leaves, at most three levels deep: no structure has more. */
export function shapesFormat<T>(leaf: Format<T>): Format<readonly Shape<T>[]> {
  return array(shapeFormat(leaf, 2)) as Format<readonly Shape<T>[]>
}

function shapeFormat<T>(leaf: Format<T>, levels: number): Format<Shape<T>> {
  return {
    read(json, place) {
      if (!Array.isArray(json) || levels === 0) return leaf.read(json, place)
      return array(shapeFormat(leaf, levels - 1)).read(json, place)
    },
    write(value) {
      return isBranch(value) ? array(shapeFormat(leaf, levels - 1)).write([...value]) : leaf.write(value)
    },
  }
}

function isBranch<T>(shape: Shape<T>): shape is readonly Shape<T>[] {
  return Array.isArray(shape)
}
