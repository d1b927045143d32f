/**
 * An exact decimal number without sign or exponent, such as `1722` or `913.0906`. What urna writes has no
 * trailing zeros after the point and no leading ones before it.
 */
export type Decimal = string

/** A whole number `units` of 10^-`places`: 12.5 is { units: 125n, places: 1 }. */
export interface ScaledDecimal {
  readonly units: bigint
  readonly places: number
}

const decimalPattern = /^(\d+)(?:\.(\d+))?$/

/** Reads a decimal; `undefined` when the text is none. Trailing zeros after the point are dropped. */
export function parseDecimal(text: string): ScaledDecimal | undefined {
  const match = decimalPattern.exec(text)
  if (!match) return undefined
  const fraction = (match[2] ?? '').replace(/0+$/, '')
  return { units: BigInt(match[1]! + fraction), places: fraction.length }
}

/** Writes `units` × 10^-`places`. */
export function formatDecimal(units: bigint | number, places: number): Decimal {
  const digits = units.toString().padStart(places + 1, '0')
  if (places === 0) return digits
  const whole = digits.slice(0, -places)
  const fraction = digits.slice(-places).replace(/0+$/, '')
  return fraction === '' ? whole : `${whole}.${fraction}`
}

/** The same number in units of 10^-`places`, which are at least as many as it has. */
export function rescale(number: ScaledDecimal, places: number): bigint {
  return number.units * 10n ** BigInt(places - number.places)
}

/** Reads decimals to one scale, that of the one with most places. @throws RangeError if one is none */
export function toCommonScale(numbers: readonly Decimal[]): {
  readonly units: bigint[]
  readonly places: number
} {
  const parsed = numbers.map((text) => {
    const number = parseDecimal(text)
    if (number === undefined) throw new RangeError(`not a decimal: ${text}`)
    return number
  })
  const places = Math.max(0, ...parsed.map((number) => number.places))
  return { units: parsed.map((number) => rescale(number, places)), places }
}

/** @throws RangeError if one of them is no decimal */
export function addDecimals(numbers: readonly Decimal[]): Decimal {
  const { units, places } = toCommonScale(numbers)
  return formatDecimal(
    units.reduce((sum, number) => sum + number, 0n),
    places,
  )
}
