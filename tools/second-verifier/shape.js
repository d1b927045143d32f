// Reading JSON. A message has one text only: fields in the specification's order, no space, nothing unknown or repeated.
import { elementOf, q } from './group.js'

/** Why an archive is refused. */
export class Refused extends Error {}

export function ensure(holds, reason) {
  if (!holds) throw new Refused(reason)
}

/** @returns what the shape makes of the text. @throws Refused unless it has the shape, and is the one text of it */
export function read(shape, json, name) {
  let parsed
  let rewritten
  try {
    parsed = JSON.parse(json)
    rewritten = JSON.stringify(parsed).replaceAll('\x7f', '\\u007f')
  } catch {
    throw new Refused(`${name} is no JSON`)
  }
  const value = shape(parsed, name)
  ensure(rewritten === json, `${name} is written in another way than it must be`)
  return value
}

export const string = shapeOf('a text', (json) => typeof json === 'string')
export const boolean = shapeOf('true or false', (json) => typeof json === 'boolean')
export const integer = shapeOf('a whole number', (json) => Number.isSafeInteger(json) && json >= 0)
export const hash = matching(/^[0-9a-f]{64}$/)
/** Whatever is no more than 32 levels deep. */
export const anything = shapeOf('JSON of 32 levels', (json) => isShallow(json, 32))

function isShallow(json, levels) {
  if (typeof json !== 'object' || json === null) return true
  return levels > 0 && Object.values(json).every((inner) => isShallow(inner, levels - 1))
}

/** A number modulo q, in decimal. */
export function scalar(json, at) {
  const number = typeof json === 'string' && /^(0|[1-9][0-9]{0,75})$/.test(json) ? BigInt(json) : q
  ensure(number < q, `${at} is no number modulo q`)
  return number
}

export function element(json, at) {
  const point = typeof json === 'string' ? elementOf(json) : undefined
  ensure(point !== undefined, `${at} is no element of the group`)
  return point
}

/** A number that is written as a text above 2³⁰ - 1. */
export function weight(json, at) {
  const text = typeof json === 'string' && /^[1-9][0-9]{0,75}$/.test(json) && BigInt(json) > largestNumber
  ensure(text || (Number.isSafeInteger(json) && json >= 0 && json <= largestNumber), `${at} is no weight`)
  return BigInt(json)
}
const largestNumber = 2n ** 30n - 1n

export function constant(wanted) {
  return shapeOf(JSON.stringify(wanted), (json) => json === wanted)
}

export function matching(pattern) {
  return shapeOf(`a text like ${pattern}`, (json) => typeof json === 'string' && pattern.test(json))
}

/** @param length any, if it is left out */
export function list(item, length) {
  return (json, at) => {
    ensure(Array.isArray(json), `${at} is no list`)
    ensure(length === undefined || json.length === length, `${at} has ${json.length} items, not ${length}`)
    return json.map((each, i) => item(each, `${at}[${i}]`))
  }
}

/** A list of one item of each shape. */
export function tuple(items) {
  return (json, at) => {
    ensure(Array.isArray(json) && json.length === items.length, `${at} is no list of ${items.length}`)
    return items.map((item, i) => item(json[i], `${at}[${i}]`))
  }
}

/** Fields in this order; one whose name ends in `?` may be left out. */
export function record(fields) {
  const known = Object.entries(fields).map(([name, shape]) => [
    name.replace('?', ''),
    shape,
    name.endsWith('?'),
  ])
  return (json, at) => {
    ensure(typeof json === 'object' && json !== null && !Array.isArray(json), `${at} is no object`)
    const here = known.filter(([name, , optional]) => !optional || Object.hasOwn(json, name))
    const names = here.map(([name]) => name)
    ensure(Object.keys(json).join() === names.join(), `${at} has other fields than ${names.join(', ')}`)
    return Object.fromEntries(here.map(([name, shape]) => [name, shape(json[name], `${at}.${name}`)]))
  }
}

/** The first of two shapes where the condition holds, the second elsewhere. */
export function either(condition, first, second) {
  return (json, at) => (condition(json) ? first : second)(json, at)
}

function shapeOf(kind, holds) {
  return (json, at) => {
    ensure(holds(json), `${at} is not ${kind}`)
    return json
  }
}
