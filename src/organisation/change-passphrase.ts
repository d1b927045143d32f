import type { UnitOfWork } from '../store/unit-of-work.ts'

/**
 * Encrypts the file anew, with the record that it was done.
 * @throws PassphraseUnacceptable, FileInUse, DiskFull, PassphraseNotFlushed
 */
export async function changePassphrase(work: UnitOfWork, passphrase: string): Promise<void> {
  await work.changePassphrase(passphrase, (tx) => tx.record({ action: 'passphrase-changed' }))
}
