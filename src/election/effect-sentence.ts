import type { Effect } from './margin.ts'

/** Whether it matters for the result, in a sentence. */
export function effectSentence(effect: Effect): string {
  switch (effect) {
    case 'none':
      return 'So many could not change the outcome.'
    case 'could':
      return 'So many could change the outcome.'
    case 'not-excluded':
      return 'That so many change the outcome can not be excluded.'
    case 'no-result':
      return 'Whether so many could change the outcome is known after the count.'
  }
}
