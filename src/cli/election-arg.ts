import { Args } from '@oclif/core'

/** Names the election; a file that has only one needs no name. */
export const electionArg = Args.string({
  description: 'Short name of the election; not needed where the file has only one.',
  required: false,
})
