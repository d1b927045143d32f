/**
 * Times as people write them, in the zone of an election, and the moments that they mean. A moment is ISO
 * 8601 in UTC, as the file keeps it.
 */

/** Why a written time means no moment. */
export type TimeFault =
  | { readonly code: 'unreadable' }
  /** The clocks were put forward over it. */
  | { readonly code: 'skipped'; readonly zone: string }
  /** The clocks were put back, and it came twice. */
  | { readonly code: 'twice'; readonly zone: string; readonly either: readonly [string, string] }

const written =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.0{1,9})?)?\s*(Z|[+-]\d{2}:\d{2})?$/

/** Whether the system knows a zone of that name (IANA: `Europe/Madrid`). */
export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== ''
  } catch {
    return false
  }
}

/** @param text `2026-12-01 09:00`, with seconds or not, with an offset or else in the zone */
export function momentOfText(text: string, zone: string): string | TimeFault {
  const match = written.exec(text.trim())
  if (match === null) return { code: 'unreadable' }
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const wall = Date.UTC(year, month - 1, day, hour, minute, second)
  if (Number.isNaN(wall) || !new Date(wall).toISOString().startsWith(wallText(match))) {
    return { code: 'unreadable' }
  }
  const offset = match[7]
  if (offset !== undefined) return new Date(wall - offsetMillis(offset)).toISOString()
  return momentOfWall(wall, zone)
}

/** The date with all its fields in range comes back as it was written; the 30th of February doesn't. */
function wallText(match: RegExpExecArray): string {
  const [, year, month, day, hour, minute, second = '00'] = match
  return `${year}-${month}-${day}T${hour}:${minute}:${second}`
}

function offsetMillis(offset: string): number {
  if (offset === 'Z') return 0
  const [hours, minutes] = offset.slice(1).split(':').map(Number) as [number, number]
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}

/** Offsets change at most once in a day, so those of the day before and after are all that can apply. */
function momentOfWall(wall: number, zone: string): string | TimeFault {
  const day = 24 * 60 * 60_000
  const offsets = new Set([zoneOffset(wall - day, zone), zoneOffset(wall + day, zone)])
  const moments = [...offsets]
    .map((offset) => wall - offset)
    .filter((moment) => moment + zoneOffset(moment, zone) === wall)
    .sort((a, b) => a - b)
  const [first, second] = moments
  if (first === undefined) return { code: 'skipped', zone }
  if (second === undefined) return new Date(first).toISOString()
  return { code: 'twice', zone, either: [withOffset(first, zone), withOffset(second, zone)] }
}

/** One sentence without its full stop. */
export function sentenceOfTimeFault(written: string, fault: TimeFault): string {
  switch (fault.code) {
    case 'unreadable':
      return `"${written}" is no day and time; write it like 2026-12-01 09:00`
    case 'skipped':
      return `the clocks of ${fault.zone} are put forward over ${written}; choose another time`
    case 'twice':
      return `the clocks of ${fault.zone} show ${written} twice; write ${fault.either.join(' or ')}`
  }
}

/**
 * The time in the zone: `2026-12-01 09:00`, with seconds where there are some, and with its offset where
 * the clocks show it twice, so that `momentOfText` gives the moment back. Parts of a second are left out.
 */
export function textOfMoment(moment: string, zone: string): string {
  const millis = Math.floor(Date.parse(moment) / 1000) * 1000
  const text = wallOf(millis, zone)
  return momentOfText(text, zone) === new Date(millis).toISOString() ? text : withOffset(millis, zone)
}

function withOffset(millis: number, zone: string): string {
  const offset = zoneOffset(millis, zone) / 60_000
  const minutes = Math.abs(offset)
  const two = (value: number) => String(value).padStart(2, '0')
  const sign = offset < 0 ? '-' : '+'
  return `${wallOf(millis, zone)}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

function wallOf(millis: number, zone: string): string {
  const text = new Date(millis + zoneOffset(millis, zone)).toISOString().slice(0, 19).replace('T', ' ')
  return text.endsWith(':00') ? text.slice(0, -3) : text
}

/** What the zone's clocks are ahead of UTC at that moment, in milliseconds. */
function zoneOffset(millis: number, zone: string): number {
  const parts = clockOf(zone).formatToParts(millis)
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((each) => each.type === type)?.value)
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return wall - Math.floor(millis / 1000) * 1000
}

const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(zone: string): Intl.DateTimeFormat {
  let clock = clocks.get(zone)
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    clocks.set(zone, clock)
  }
  return clock
}
