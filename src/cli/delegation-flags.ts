import { Flags } from '@oclif/core'
import { organisationFlag } from './organisation-flag.ts'

/** In one election, or in all of an organisation. */
export const scopeFlags = {
  election: Flags.string({
    description:
      'Only in this election; without it, in every election of the organisation that opens from now on.',
    helpValue: 'ELECTION',
    exclusive: ['organisation'],
  }),
  organisation: organisationFlag,
}

export const reasonFlag = Flags.string({
  description: 'Why, for the record.',
  helpValue: 'TEXT',
  default: '',
})

/** What a next command needs where the election was named: ` --election board-2026`, or nothing. */
export function inElection(election: string | null | undefined): string {
  return election == null ? '' : ` --election ${election}`
}
