import type { Election } from '../election/find-election.ts'
import { momentOfText, sentenceOfTimeFault } from '../election/zoned-time.ts'
import { ExpiryInvalid } from './refusals.ts'

/**
 * When tokens stop counting.
 * @param text as people write it, in the election's zone
 * @param now ISO 8601, UTC
 * @throws ExpiryInvalid
 */
export function momentOfExpiry(text: string, election: Election, now: string): string {
  const moment = momentOfText(text, election.zone)
  if (typeof moment !== 'string') throw new ExpiryInvalid(sentenceOfTimeFault(text, moment))
  if (moment <= now) throw new ExpiryInvalid(`${text} is past`)
  return moment
}
