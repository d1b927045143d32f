import { Args, Flags } from '@oclif/core'

/** Which contest is meant, where nominations are open for several. */
export const nominatedContest = Flags.string({
  description: 'Title or number of the contest, where there are several.',
  helpValue: 'CONTEST',
})

export const nomineeArg = Args.string({
  description: 'The nominee, by name or by number in the list.',
  required: true,
})
