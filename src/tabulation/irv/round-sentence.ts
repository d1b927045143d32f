import type { OptionIndex } from '../option-index.ts'
import { electedSentence, nameList, settledTieSentence } from '../sentences.ts'
import type { Elected } from './election.ts'
import type { Exclusion } from './exclusion.ts'

const reasons: Record<Exclusion['why'], string> = {
  'first by rule': ', before others, as the rules say',
  'below the minimum': ', with fewer votes than the minimum',
  'below the share': ', below the share',
  'sure losers': ', with fewer votes together than the next',
  tied: ', tied with the fewest votes',
  lowest: '',
}

/** What happened in a round, for people. */
export function roundSentence(
  names: readonly string[],
  round: {
    /** Absent in the first round. */
    readonly begun: Exclusion | undefined
    readonly elected: Elected
    /** Whether somebody was elected in an earlier round. */
    readonly electedBefore: boolean
  },
): string {
  const { begun, elected, electedBefore } = round
  return [
    ...(begun?.tie ? [settledTieSentence(begun.tie, names)] : []),
    begun ? exclusionSentence(begun, names) : 'The first preferences are counted.',
    ...(elected.tie && !elected.open ? [settledTieSentence(elected.tie, names)] : []),
    electedSentence(elected.options, names) ??
      (electedBefore ? 'The count goes on for comparison.' : 'Nobody is elected yet.'),
  ].join(' ')
}

function exclusionSentence({ options, why }: Exclusion, names: readonly string[]): string {
  const excluded = nameList(options.map((option: OptionIndex) => names[option]!))
  const are = options.length === 1 ? 'is' : 'are'
  return `${excluded} ${are} excluded${reasons[why]}, and the votes go to the next preferences.`
}
