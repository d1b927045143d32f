import { scalarFromInteger } from './encoding.ts'
import { type Group, groupOrder, type Scalar } from './group.ts'

/** Digits of q − 1, the largest scalar. */
const mostDigits = 76

/**
 * Reads a secret scalar digit by digit: it must not pass through numbers whose arithmetic takes a time that
 * depends on it. Only how many digits it has can be told from outside.
 *
 * @returns undefined unless it is a decimal number without leading zeros, below q
 */
export function secretScalarFromDecimal(group: Group, digits: string): Scalar | undefined {
  if (!/^(?:0|[1-9][0-9]{0,75})$/.test(digits)) return undefined
  if (digits.padStart(mostDigits, '0') >= String(groupOrder)) return undefined
  const ten = scalarFromInteger(10n)
  let secret = group.zero
  for (const digit of digits) {
    secret = group.addScalars(group.multiplyScalars(secret, ten), scalarFromInteger(BigInt(digit)))
  }
  return secret
}

/** Writes a secret scalar in decimal, by long division whose steps are the same for every scalar. */
export function secretScalarToDecimal(secret: Scalar): string {
  const rest = Uint8Array.from(secret)
  const digits = new Uint8Array(mostDigits)
  for (let place = mostDigits - 1; place >= 0; place--) digits[place] = divideByTen(rest)
  const text = Array.from(digits, (digit) => String.fromCharCode(48 + digit)).join('')
  digits.fill(0)
  return text.replace(/^0+(?=.)/, '')
}

/** @param number little-endian; becomes its tenth. @returns the remainder */
function divideByTen(number: Uint8Array): number {
  let remainder = 0
  for (let i = number.length - 1; i >= 0; i--) {
    const value = remainder * 256 + number[i]!
    // The quotient of any value below 2560; a division of the processor may take its time.
    const quotient = (value * 52429) >>> 19
    number[i] = quotient
    remainder = value - 10 * quotient
  }
  return remainder
}
