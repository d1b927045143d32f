import { Flags } from '@oclif/core'

/** Names the organisation; a file that has only one needs no name. */
export const organisationFlag = Flags.string({
  description: 'Short name of the organisation; not needed where the file has only one.',
  helpValue: 'ORGANISATION',
})

/** What a next command needs where the organisation was named: ` --organisation rowing`, or nothing. */
export function ofOrganisation(organisation: string | undefined): string {
  return organisation === undefined ? '' : ` --organisation ${organisation}`
}
