import { existsSync } from 'node:fs'
import type { Clock } from '../clock.ts'
import { foundOrganisation } from '../organisation/found.ts'
import { FileExists } from '../store/refusals.ts'
import { UnitOfWork } from '../store/unit-of-work.ts'
import { createUrnaFile } from '../store/urna-file.ts'

/** Makes a file and founds its organisation. The passphrase is asked for only if the name is free. */
export async function createEmptyFile(options: {
  path: string
  passphrase: () => Promise<string>
  organisation: string
  clock: Clock
  officer: string
}): Promise<void> {
  if (existsSync(options.path)) throw new FileExists(options.path)
  const file = await createUrnaFile({ path: options.path, passphrase: await options.passphrase() })
  try {
    const work = new UnitOfWork({ file, clock: options.clock, officer: options.officer })
    await foundOrganisation(work, { name: options.organisation })
  } finally {
    await file.close()
  }
}
