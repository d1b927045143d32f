import { renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { flushFile, flushFolder } from '../new-name.ts'
import { copyForPassphrase, removeCopies } from './compact.ts'
import { refusalOf } from './file-refusals.ts'
import { checkNewPassphrase } from './passphrase.ts'
import { PassphraseNotFlushed } from './refusals.ts'
import type { UrnaFile } from './urna-file.ts'

/**
 * Gives a file another passphrase, all or nothing: a copy gets it, and then the name of the file. The file is taken
 * from every process for that, and is good for nothing but closing afterwards.
 * @param record writes into the copy that it was done
 * @throws PassphraseUnacceptable, FileInUse, DiskFull, FileUnreadable, PassphraseNotFlushed
 */
export async function giveNewPassphrase(
  file: UrnaFile,
  passphrase: string,
  record: (copy: UrnaFile) => Promise<void>,
): Promise<void> {
  checkNewPassphrase(passphrase)
  file.takeAlone()
  const { path } = file
  const temporary = copyForPassphrase(path)
  try {
    removeCopies([temporary])
    file.copyTo(temporary)
    const copy = await file.openCopy(temporary)
    try {
      await record(copy)
      copy.rekey(passphrase)
    } finally {
      await copy.close()
    }
    flushFile(temporary)
    renameSync(temporary, path)
  } catch (error) {
    throw refusalOf(error, path) ?? error
  } finally {
    removeCopies([temporary])
  }
  try {
    flushFolder(dirname(path))
  } catch {
    throw new PassphraseNotFlushed(path)
  }
}
