import { PassphraseUnacceptable } from './refusals.ts'

/** The key that a passphrase is, in whichever Unicode form it was typed. */
export function keyOf(passphrase: string): Buffer {
  return Buffer.from(passphrase.normalize('NFC'), 'utf8')
}

/** By which SQLCipher and its kin know a key that is used as it is, without the work that makes guessing slow. */
const rawKey = /^(?:raw:|x')/i

/** @throws PassphraseUnacceptable */
export function checkNewPassphrase(passphrase: string): void {
  if (passphrase.length < 8) throw new PassphraseUnacceptable('it is shorter than 8 characters')
  if (passphrase.trim() !== passphrase) {
    throw new PassphraseUnacceptable('it begins or ends with a space, which is easily lost in copying')
  }
  if (rawKey.test(passphrase)) {
    throw new PassphraseUnacceptable(
      `it begins with raw: or x', and SQLCipher would use it without making it hard to guess`,
    )
  }
  if (/\p{Cc}/u.test(passphrase)) throw new PassphraseUnacceptable('it has a control character in it')
}
