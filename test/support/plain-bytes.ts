import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'

/** Every byte of a file with its journal, decrypted page by page: also of rows that are deleted, and of free pages. */
export function plainBytes({ path, passphrase }: { path: string; passphrase: string }): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'urna-plain-'))
  const copy = join(folder, 'copy')
  try {
    for (const suffix of ['', '-wal'])
      if (existsSync(path + suffix)) copyFileSync(path + suffix, copy + suffix)
    const database = new SQLite(copy)
    database.pragma("cipher = 'sqlcipher'")
    database.pragma('legacy = 4')
    database.key(Buffer.from(passphrase))
    database.pragma('journal_mode = DELETE')
    database.rekey(Buffer.alloc(0))
    database.close()
    return readFileSync(copy)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
