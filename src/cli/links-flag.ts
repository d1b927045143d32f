import { Flags } from '@oclif/core'

export const linksFlag = Flags.string({
  description:
    'Add a column with links to the ballot page of the server at this address, each with its token.',
  helpValue: 'https://HOST',
})
