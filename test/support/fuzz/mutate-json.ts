import { groupOrder } from '../../../src/sealing/group.ts'
import type { Chance } from './chance.ts'

/** Elements that a forger likes: of small order, not reduced, or none at all. In hex, big-endian. */
const oddElements = [
  ...['1', '0', '7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec'],
  ...['7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed', 'f'.repeat(64), '2'],
  '7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd83d3d706a17c7',
  '05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826',
  '8000000000000000000000000000000000000000000000000000000000000001',
].map((hex) => hex.padStart(64, '0'))

const oddValues: readonly unknown[] = [null, true, 0, -1, 1.5, 2 ** 31, '', '0', [], {}, [[]], 'é\u007f']

/** JSON, or what is none any more, that differs from this in one place, if at all. */
export function mutateJson(json: string, chance: Chance): string {
  for (let tries = 0; ; tries++) {
    const changed =
      chance.below(8) === 0
        ? mutateText(json, chance)
        : (JSON.stringify(mutateValue(JSON.parse(json), chance)) ?? '')
    if (changed !== json || tries === 10) return changed
  }
}

/** One character is changed, lost or repeated, or something is written in another way. */
function mutateText(text: string, chance: Chance): string {
  const at = chance.below(text.length + 1)
  const [before, after] = [text.slice(0, at), text.slice(at)]
  switch (chance.below(8)) {
    case 0:
      return `${before}${after.slice(1)}`
    case 1:
      return `${before}${chance.pick([' ', '\n', '\u0000', '\ufeff', '0', '"', ',', '}', '\\u0061'])}${after}`
    case 2:
      return `${before}${chance.pick([...'0123456789abcdefABCDEF'])}${after.slice(1)}`
    case 3:
      return `${before}${after.slice(0, 1)}${after}`
    case 4:
      return before
    case 5:
      return text.replace(/"(\w+)":/, (field) => chance.pick([`${field}0,${field}`, `"extra":0,${field}`]))
    case 6:
      return text.toUpperCase()
    default:
      return `${text}${chance.pick([text, ' ', 'null', '\u0000'])}`
  }
}

type Container = Record<string, unknown> | unknown[]

interface Place {
  readonly container: Container
  readonly key: string
}

function mutateValue(value: unknown, chance: Chance): unknown {
  const root = { value }
  const places = placesIn(root)
  const { container, key } = chance.pick(places)
  const fields = container as Record<string, unknown>
  const current = fields[key]
  const other = chance.pick(places)
  switch (chance.below(10)) {
    case 0:
      fields[key] = chance.pick(oddValues)
      break
    case 1:
      if (Array.isArray(container)) container.splice(Number(key), 1)
      else delete fields[key]
      break
    case 2:
      if (Array.isArray(container)) container.splice(Number(key), 0, current)
      else fields[`${key}2`] = current
      break
    case 3: {
      const { container: there, key: otherKey } = sibling(places, { container, key }, chance)
      const exchanged = there as Record<string, unknown>
      ;[fields[key], exchanged[otherKey]] = [exchanged[otherKey], fields[key]]
      break
    }
    case 4:
      fields[key] = structuredClone((other.container as Record<string, unknown>)[other.key])
      break
    default:
      fields[key] = mutateLeaf(current, places, chance)
  }
  return root.value
}

/** A number, text or element of the same kind, mostly one that the text has elsewhere. */
function mutateLeaf(value: unknown, places: readonly Place[], chance: Chance): unknown {
  if (typeof value === 'number') return value + chance.pick([1, -1, 0.5, 2 ** 30, -value - 1])
  if (typeof value === 'boolean') return !value
  if (typeof value !== 'string') return chance.pick(oddValues)
  const others = places
    .map(({ container, key }) => (container as Record<string, unknown>)[key])
    .filter((other) => typeof other === 'string' && other.length > 40)
  if (/^[0-9a-f]{64}$/.test(value)) {
    const negated = `${(Number.parseInt(value[0]!, 16) ^ 8).toString(16)}${value.slice(1)}`
    return chance.pick([negated, chance.pick(oddElements), value.toUpperCase(), chance.pick(others)])
  }
  if (/^[0-9]+$/.test(value)) {
    const number = BigInt(value)
    const near = [number + 1n, number - 1n, number + groupOrder, groupOrder - number, groupOrder, -number, 0n]
    return chance.pick([String(chance.pick(near)), `0${value}`, chance.pick(others) ?? value])
  }
  return chance.pick([`${value} `, value.slice(1), value.toLowerCase(), `${value}\u007f`])
}

function sibling(places: readonly Place[], { container, key }: Place, chance: Chance): Place {
  const siblings = places.filter((place) => place.container === container)
  return siblings.length > 1 ? chance.pick(siblings) : { container, key }
}

function placesIn(container: Container): Place[] {
  return Object.entries(container).flatMap(([key, value]) => [
    { container, key },
    ...(typeof value === 'object' && value !== null ? placesIn(value as Container) : []),
  ])
}
