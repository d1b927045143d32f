import { stringify } from 'csv-stringify/sync'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import { storedEntries } from './log-file.ts'

const columns = ['position', 'at', 'officer', 'action', 'election', 'details', 'hash'] as const

/**
 * The whole log as CSV with a head, oldest first, to be read. Text that a spreadsheet would take for a formula gets an
 * apostrophe in front; what it says of voters stays encrypted.
 */
export async function writeLogTable(
  tx: ReadTransaction,
  write: (bytes: Uint8Array) => void | Promise<void>,
): Promise<void> {
  // Spreadsheet programs take a file without the mark for another encoding, and spoil the names.
  await write(Buffer.from(`\ufeff${stringify([columns])}`))
  for await (const entry of storedEntries(tx)) {
    const row = columns.map((column) => entry[column] ?? '')
    await write(Buffer.from(stringify([row], { escape_formulas: true })))
  }
}
