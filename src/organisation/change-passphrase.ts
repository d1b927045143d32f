import type { UnitOfWork } from '../store/unit-of-work.ts'

/** Encrypts the file anew and records that it was done. @throws PassphraseUnacceptable, FileLocked, OldCopyLeft */
export async function changePassphrase(work: UnitOfWork, passphrase: string): Promise<void> {
  work.changePassphrase(passphrase)
  await work.write('change passphrase', (tx) => tx.record({ action: 'passphrase-changed' }))
  work.removeOldCopy()
}
