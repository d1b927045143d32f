import { InvalidInput } from './refusals.ts'

/** In milliseconds. */
const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/**
 * Milliseconds of `30m`, `1h` or `2d`.
 * @param flag where it stands, for the sentence
 * @throws InvalidInput
 */
export function durationOf(text: string, flag: string): number {
  const [, count = '0', unit = ''] = /^([1-9]\d{0,5})([smhd])$/.exec(text) ?? []
  const milliseconds = Number(count) * (units[unit] ?? 0)
  if (milliseconds > 0) return milliseconds
  throw new InvalidInput(`${text} is not a time.`, { flag }, `Write it like ${flag} 30m, 1h or 1d.`)
}
