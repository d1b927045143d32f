import { type Decimal, formatDecimal, parseDecimal } from '../decimal.ts'
import { TabulationRefusal } from '../refusals.ts'

/**
 * The weight of a member's vote: that of the meeting, else the member's usual one, else 1; always 1 where
 * the meeting doesn't weigh votes. Where OpenSlides reads a weight of 0 as none, it is one here: no vote.
 * @throws TabulationRefusal `weight-invalid`
 */
export function voteWeight(
  meeting: { readonly weighsVotes: boolean },
  member: { readonly inMeeting?: Decimal; readonly usual?: Decimal },
): Decimal {
  const weight = meeting.weighsVotes ? (member.inMeeting ?? member.usual ?? '1') : '1'
  const number = parseDecimal(weight)
  if (number === undefined) {
    throw new TabulationRefusal('weight-invalid', 'A weight is a number without a sign.', { weight })
  }
  return formatDecimal(number.units, number.places)
}
