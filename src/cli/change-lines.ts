import { z } from 'zod'
import type { Change, Fact } from '../election/changes.ts'
import { textOfMoment } from '../election/zoned-time.ts'
import { printable } from './output.ts'

/**
 * A line for each: `  title: Chair → Chairperson`.
 * @param zones in which moments were told and are told now
 */
export function changeLines(
  changes: readonly Change[],
  zones: { from: string; to: string } = { from: 'UTC', to: 'UTC' },
): string[] {
  return changes.map(({ field, from, to }) => {
    const words = field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    return `  ${words}: ${textOf(from, zones.from)} → ${textOf(to, zones.to)}`
  })
}

function textOf(value: Fact, zone: string): string {
  if (value === null || value === '') return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'object') return value.length === 0 ? 'none' : value.map(printable).join(', ')
  if (moment.safeParse(value).success) return `${textOfMoment(String(value), zone)} (${zone})`
  return printable(String(value))
}

const moment = z.iso.datetime()
