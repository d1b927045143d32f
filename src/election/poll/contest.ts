import type { OpenSlidesPoll } from '../../tabulation/openslides/poll.ts'
import { type ContestDraft, option } from '../contest-draft.ts'

/** The most points that one ballot has room for in one option. */
const mostPoints = 255

/** The answers to a motion, in the order in which its ballots and results have them. */
const answers = ['Yes', 'No', 'Abstain']

/**
 * The one contest of a poll. Who abstains from a list of options casts a blank ballot, where the poll asks for no fewest
 * number of them.
 * @param names of the options
 */
export function contestOfPoll(poll: OpenSlidesPoll, title: string, names: readonly string[]): ContestDraft {
  const common = {
    ...{ title, description: '', method: poll.method.replace('_', '-'), rules: {}, seats: 1 },
    ...{ min: undefined, max: undefined, blank: false, blankName: null, grades: null },
    ...{ writeIn: false, randomOrder: false, options: names.map(option) },
  }
  if (poll.method === 'approval') {
    const said = poll.config.allow_abstain ? answers : answers.slice(0, 2)
    return { ...common, options: said.map(option) }
  }
  const { min_options_amount: fewest = 0 } = poll.config
  const most = Math.min(poll.config.max_options_amount ?? names.length, names.length)
  const min = Math.max(fewest, 1)
  const blank = { blank: fewest === 0, blankName: fewest === 0 ? 'Abstain' : null }
  const limits = { minOptions: min, maxOptions: most }
  switch (poll.method) {
    case 'selection': {
      const nota = poll.config.allow_nota ? [{ ...option('None of the above'), role: 'none' as const }] : []
      // By the ballot alone: whoever is for none of them selects fewer.
      return { ...common, ...blank, min, max: most, options: [...common.options, ...nota] }
    }
    case 'rating_score': {
      const { max_votes_per_option: ofOne, min_vote_sum: minSum = 0, max_vote_sum: maxSum } = poll.config
      const rules = {
        ...limits,
        ...{ maxPerOption: Math.min(ofOne ?? maxSum ?? mostPoints, mostPoints), minSum },
        ...(maxSum !== undefined && { maxSum }),
      }
      return { ...common, ...blank, rules }
    }
    case 'rating_approval': {
      const abstain = poll.config.allow_abstain ? 'allowed' : 'not allowed'
      return { ...common, ...blank, rules: { ...limits, abstain } }
    }
  }
}
