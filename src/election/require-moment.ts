import { TimeInvalid } from './refusals.ts'
import { momentOfText, sentenceOfTimeFault } from './zoned-time.ts'

/** The moment that somebody wrote down, ISO 8601 in UTC. @throws TimeInvalid */
export function requireMoment(written: string, zone: string): string {
  const moment = momentOfText(written, zone)
  if (typeof moment === 'string') return moment
  throw new TimeInvalid(sentenceOfTimeFault(written, moment))
}
