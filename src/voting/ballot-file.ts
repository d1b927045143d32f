import { placeNewFile, requireFree } from '../report/output-file.ts'
import { OutputExists, OutputUnwritable } from '../report/refusals.ts'
import { BallotFileExists, BallotFileUnwritable } from './ballot-file-refusals.ts'

/**
 * Looks whether a ballot can be written there, before a voter is asked anything.
 * @throws BallotFileExists, BallotFileUnwritable
 */
export async function requireFreeBallotFile(path: string, flag = '--out'): Promise<void> {
  try {
    await requireFree(path)
  } catch (error) {
    if (error instanceof OutputExists) throw new BallotFileExists(path, flag)
    if (error instanceof OutputUnwritable) throw new BallotFileUnwritable(path, error.reason, flag)
    throw error
  }
}

/**
 * Writes a sealed ballot, byte for byte, readable by its owner only; or the page that seals ballots.
 * @param flag that names the file
 * @throws BallotFileExists, BallotFileUnwritable
 */
export async function writeBallotFile(path: string, json: string, flag = '--out'): Promise<void> {
  try {
    await placeNewFile(path, json, 0o600)
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown'
    throw reason === 'EEXIST'
      ? new BallotFileExists(path, flag)
      : new BallotFileUnwritable(path, reason, flag)
  }
}
