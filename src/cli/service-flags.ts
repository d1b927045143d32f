import { Flags } from '@oclif/core'
import { readTextInput } from '../interchange/read-input.ts'

/** The file of what identifies us to the service that lists the members. */
export const headerFileFlag = Flags.string({
  description: 'A file with the header that the service asks for, such as Authorization: Bearer KEY.',
  env: 'URNA_SERVICE_HEADER_FILE',
  helpValue: 'FILE',
})

/** @throws InputUnreadable */
export async function headerOfFlag(path: string | undefined): Promise<string | undefined> {
  return path === undefined ? undefined : (await readTextInput(path)).trim()
}
