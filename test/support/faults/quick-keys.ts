import { createHash } from 'node:crypto'
import SQLite from 'better-sqlite3'

/**
 * To make a key of words takes longer than all that is tried here, and on purpose. Where this is loaded a hash of the
 * words is the key itself, as SQLCipher takes what is written like this.
 */
function quick(words: Buffer): Buffer {
  // No key at all leaves the file in the clear.
  if (words.length === 0) return words
  return Buffer.from(`x'${createHash('sha256').update(words).digest('hex')}'`)
}

const { key, rekey } = SQLite.prototype
SQLite.prototype.key = function (words) {
  return key.call(this, quick(words))
}
SQLite.prototype.rekey = function (words) {
  return rekey.call(this, quick(words))
}
