import { placeNewFile } from '../report/output-file.ts'
import { BallotFileExists, BallotFileUnwritable } from './refusals.ts'

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
