import { existsSync } from 'node:fs'
import type { Clock } from '../clock.ts'
import { foundOrganisation } from '../organisation/found.ts'
import { FileExists } from '../store/refusals.ts'
import { UnitOfWork } from '../store/unit-of-work.ts'
import { foundUrnaFile } from '../store/urna-file.ts'
import { InvalidInput } from './refusals.ts'

/**
 * Makes a file and founds its organisation, or leaves none behind. The passphrase is asked for only if the name
 * is free.
 */
export async function createEmptyFile(options: {
  path: string
  passphrase: () => Promise<string>
  organisation: string
  clock: Clock
  officer: string
}): Promise<void> {
  const name = options.organisation.trim()
  if (name === '') {
    throw new InvalidInput('The organisation needs a name.', {}, 'Give it with --organisation NAME.')
  }
  if (existsSync(options.path)) throw new FileExists(options.path)
  const { path, clock, officer } = options
  await foundUrnaFile({ path, passphrase: await options.passphrase() }, (file) =>
    foundOrganisation(new UnitOfWork({ file, clock, officer }), { name }),
  )
}
