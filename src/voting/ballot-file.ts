import { closeSync, fsyncSync, openSync, writeFileSync } from 'node:fs'
import { BallotFileExists, BallotFileUnwritable } from './refusals.ts'

/**
 * Writes a sealed ballot, byte for byte, readable by its owner only; or the page that seals ballots.
 * @param flag that names the file
 * @throws BallotFileExists, BallotFileUnwritable
 */
export function writeBallotFile(path: string, json: string, flag = '--out'): void {
  try {
    const descriptor = openSync(path, 'wx', 0o600)
    try {
      writeFileSync(descriptor, json)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown'
    throw reason === 'EEXIST'
      ? new BallotFileExists(path, flag)
      : new BallotFileUnwritable(path, reason, flag)
  }
}
