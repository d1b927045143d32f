/** An exact fraction, for reference counts that are slow and obvious. */
export class Fraction {
  readonly top: bigint
  readonly bottom: bigint

  constructor(top: bigint, bottom = 1n) {
    this.top = top
    this.bottom = bottom
  }

  static parse(text: string): Fraction {
    const [whole, fraction = ''] = text.split('.')
    return new Fraction(BigInt(whole! + fraction), 10n ** BigInt(fraction.length))
  }

  plus(other: Fraction): Fraction {
    return new Fraction(this.top * other.bottom + other.top * this.bottom, this.bottom * other.bottom)
  }

  minus(other: Fraction): Fraction {
    return new Fraction(this.top * other.bottom - other.top * this.bottom, this.bottom * other.bottom)
  }

  times(other: Fraction): Fraction {
    return new Fraction(this.top * other.top, this.bottom * other.bottom)
  }

  over(other: Fraction): Fraction {
    return new Fraction(this.top * other.bottom, this.bottom * other.top)
  }

  /** Less than 0, 0 or more. */
  compare(other: Fraction): number {
    const difference = this.top * other.bottom - other.top * this.bottom
    return difference < 0n ? -1 : difference > 0n ? 1 : 0
  }

  lowestTerms(): Fraction {
    let [divisor, rest] = [this.top, this.bottom]
    while (rest !== 0n) [divisor, rest] = [rest, divisor % rest]
    return new Fraction(this.top / divisor, this.bottom / divisor)
  }

  /** The largest multiple of 10^-places that is not more. */
  cut(places: number): Fraction {
    const scale = 10n ** BigInt(places)
    return new Fraction((this.top * scale) / this.bottom, scale)
  }
}

export const zeroFraction = new Fraction(0n)

export function sum(fractions: readonly Fraction[]): Fraction {
  return fractions.reduce((total, fraction) => total.plus(fraction), zeroFraction)
}
