import { describe, expect, test } from 'vitest'
import { elementToHex } from '../../src/sealing/encoding.ts'
import { generatorAt, secondaryGenerator } from '../../src/sealing/generators.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'

const group = await loadGroup()

describe('the generators of the shuffle', () => {
  test('are those of a slow reference that follows the specification in big integers', async () => {
    expect(elementToHex(secondaryGenerator(group))).toBe(referenceGenerator(await sha256('ggen|-1')))
    for (const index of [0, 1, 2, 3, 99]) {
      const digest = await sha256(`ggen|${index}`)
      expect(elementToHex(generatorAt(group, index)), `index ${index}`).toBe(referenceGenerator(digest))
    }
  })

  test('are all different elements of the group', () => {
    const all = Array.from({ length: 50 }, (_, index) => generatorAt(group, index))
    expect(all.every((generator) => group.isElement(generator))).toBe(true)
    expect(new Set([group.base, secondaryGenerator(group), ...all].map(elementToHex)).size).toBe(52)
  })

  test('are counted from zero', () => {
    expect(() => generatorAt(group, -1)).toThrow(RangeError)
  })
})

async function sha256(text: string): Promise<bigint> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return BigInt(`0x${Buffer.from(digest).toString('hex')}`)
}

const p = 2n ** 255n - 19n
const d = mod(-121665n * power(121666n, p - 2n))

/** Eight times the first point of the curve with y from digest >> 2 upwards and x even. */
function referenceGenerator(digest: bigint): string {
  for (let y = digest >> 2n; ; y++) {
    const x = evenRoot(mod((y * y - 1n) * power(mod(d * y * y + 1n), p - 2n)))
    if (x === undefined) continue
    const eight = double(double(double([x, y])))
    return compress(eight)
  }
}

function evenRoot(square: bigint): bigint | undefined {
  const candidate = power(square, (p + 3n) / 8n)
  const root = [candidate, mod(candidate * power(2n, (p - 1n) / 4n))].find((x) => mod(x * x) === square)
  return root === undefined || root % 2n === 0n ? root : p - root
}

function double([x, y]: [bigint, bigint]): [bigint, bigint] {
  const product = mod(d * x * x * y * y)
  return [
    mod(2n * x * y * power(mod(1n + product), p - 2n)),
    mod((y * y + x * x) * power(mod(1n - product), p - 2n)),
  ]
}

function compress([x, y]: [bigint, bigint]): string {
  return (y | ((x & 1n) << 255n)).toString(16).padStart(64, '0')
}

function mod(a: bigint): bigint {
  return ((a % p) + p) % p
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  for (let b = mod(base), e = exponent; e > 0n; e >>= 1n, b = mod(b * b)) if (e & 1n) result = mod(result * b)
  return result
}
