import { Flags } from '@oclif/core'
import { given } from '../given.ts'

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
  'blank-name': Flags.string({
    description: 'What a blank ballot is called, such as Abstain.',
    helpValue: 'TEXT',
  }),
  none: Flags.string({
    description:
      'An option of this name, at the end, for none of the others; where it wins, the seat stays vacant.',
    helpValue: 'NAME',
  }),
  grade: Flags.string({
    description: 'What a grade is called; all of them, the worst first.',
    multiple: true,
    helpValue: 'NAME',
  }),
}

/** The fields of a contest that the flags say. */
export function fieldsOfFlags(flags: {
  title?: string | undefined
  description?: string | undefined
  method?: string | undefined
  seats?: number | undefined
  min?: number | undefined
  max?: number | undefined
  exact?: number | undefined
  threshold?: string | undefined
  blank?: boolean | undefined
  'blank-name'?: string | undefined
  none?: string | undefined
  grade?: string[] | undefined
  'write-in'?: boolean | undefined
  'random-order'?: boolean | undefined
}) {
  const { title, description, method, seats, min, max, exact, threshold, blank, none, grade: grades } = flags
  const { 'blank-name': blank_name, 'write-in': write_in, 'random-order': random_order } = flags
  return given({
    ...{ title, description, method, seats, min, max, exact, threshold, blank, none, grades },
    ...{ blank_name, write_in, random_order },
  })
}

/** These have a default where a contest is new. */
export const method = {
  description: 'How it is counted: an id of urna method list.',
  helpValue: 'ID',
} as const
export const seats = { description: 'How many are elected.', min: 1 } as const
export const blank = { description: 'Whether a voter may cast a blank ballot.', allowNo: true } as const
export const writeIn = {
  description: 'Whether a voter may write in one name that is not on the ballot (choices and approvals).',
  allowNo: true,
} as const
export const randomOrder = {
  description: 'Whether each voter is shown the candidates in another order.',
  allowNo: true,
} as const
