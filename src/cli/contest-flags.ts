import { Flags } from '@oclif/core'

/** What `contest add` and `contest edit` are told alike. */
export const contestFlags = {
  title: Flags.string({ description: 'What is elected, or asked.' }),
  description: Flags.string({ description: 'More about it, for the voters.' }),
  min: Flags.integer({ description: 'The fewest that a voter selects or ranks.', min: 1 }),
  max: Flags.integer({ description: 'The most that a voter selects or ranks.', min: 1 }),
  exact: Flags.integer({
    description: 'How many a voter selects or ranks, neither more nor fewer.',
    min: 1,
    exclusive: ['min', 'max'],
  }),
  threshold: Flags.string({
    description: 'The share that elects, for majority: "more than 1/2", "at least 60%".',
    helpValue: 'SHARE',
  }),
}

/** These have a default where a contest is new. */
export const method = {
  description: 'How it is counted: an id of urna method list.',
  helpValue: 'ID',
} as const
export const seats = { description: 'How many are elected.', min: 1 } as const
export const blank = { description: 'Whether a voter may cast a blank ballot.', allowNo: true } as const
