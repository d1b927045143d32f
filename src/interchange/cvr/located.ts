import { TabulationRefusal } from '../../tabulation/refusals.ts'
import type { Irregularities, Place } from '../irregularities.ts'

/** Does what the area of tabulation may refuse, and says where in the file it was. @throws BallotFileUnreadable */
export function located<T>(irregularities: Irregularities, place: Place, deed: () => T): T {
  try {
    return deed()
  } catch (error) {
    if (error instanceof TabulationRefusal) throw irregularities.unreadable(place, error.message)
    throw error
  }
}
