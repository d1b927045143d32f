import { existsSync, rmSync } from 'node:fs'
import type { Clock } from '../clock.ts'
import { foundOrganisation } from '../organisation/found.ts'
import { FileExists } from '../store/refusals.ts'
import { UnitOfWork } from '../store/unit-of-work.ts'
import { createUrnaFile } from '../store/urna-file.ts'
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
  const file = await createUrnaFile({ path: options.path, passphrase: await options.passphrase() })
  try {
    const work = new UnitOfWork({ file, clock: options.clock, officer: options.officer })
    await foundOrganisation(work, { name })
  } catch (error) {
    await file.close()
    rmSync(options.path)
    throw error
  }
  await file.close()
}
