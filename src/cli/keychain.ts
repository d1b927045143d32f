import { resolve } from 'node:path'
import { KeychainUnavailable } from './refusals.ts'

const service = 'urna'

async function entryOf(path: string) {
  try {
    const { Entry } = await import('@napi-rs/keyring')
    // On Linux the library would else fall back, in silence, to the kernel's keyring: memory that other terminals
    // can't read and a restart clears.
    return new Entry(service, resolve(path), { linux: { store: 'secret-service' } })
  } catch (error) {
    throw new KeychainUnavailable((error as Error).message)
  }
}

/** The remembered passphrase of a file, if there is a keychain and it has one. */
export async function recallPassphrase(path: string): Promise<string | undefined> {
  try {
    return (await entryOf(path)).getPassword() ?? undefined
  } catch {
    // No keychain is the usual case on a server: the next way of giving the passphrase is tried.
    return undefined
  }
}

/** @throws KeychainUnavailable */
export async function rememberPassphrase(path: string, passphrase: string): Promise<void> {
  const entry = await entryOf(path)
  try {
    entry.setPassword(passphrase)
  } catch (error) {
    throw new KeychainUnavailable((error as Error).message)
  }
}

/** @returns whether there was one. @throws KeychainUnavailable */
export async function forgetPassphrase(path: string): Promise<boolean> {
  const entry = await entryOf(path)
  try {
    return entry.deletePassword()
  } catch (error) {
    throw new KeychainUnavailable((error as Error).message)
  }
}
