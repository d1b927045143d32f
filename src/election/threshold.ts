import { z } from 'zod'

/** The share of the votes that elects, as the rules of a method have it. */
export const thresholdSchema = z.strictObject({
  of: z.tuple([z.int(), z.int()]),
  reach: z.enum(['more than', 'at least']),
})

export type Threshold = z.infer<typeof thresholdSchema>

const words = /^(more than|at least)\s+(?:(\d{1,6})\s*\/\s*(\d{1,6})|(\d{1,3}(?:\.\d{1,4})?)\s*%)$/i

/** @param text `more than 1/2`, `at least 60%`; undefined if it is anything else, or no share of a whole */
export function parseThreshold(text: string): Threshold | undefined {
  const match = words.exec(text.trim())
  if (match === null) return undefined
  const reach = match[1]?.toLowerCase() as Threshold['reach']
  const of: [number, number] =
    match[4] === undefined ? [Number(match[2]), Number(match[3])] : shareOfPercent(match[4])
  return of[1] > 0 && of[0] <= of[1] ? { of, reach } : undefined
}

/** As `parseThreshold` reads it; a share that was given in percent stays in percent. */
export function formatThreshold({ of: [part, whole], reach }: Threshold): string {
  const places = String(whole).length - 3
  const percent = places >= 0 && whole === 100 * 10 ** places
  return `${reach} ${percent ? `${(part / 10 ** places).toFixed(places)}%` : `${part}/${whole}`}`
}

/** 33.25 → [3325, 10000] */
function shareOfPercent(percent: string): [number, number] {
  const places = percent.split('.')[1]?.length ?? 0
  return [Number(percent.replace('.', '')), 100 * 10 ** places]
}
