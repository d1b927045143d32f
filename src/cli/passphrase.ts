import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { recallPassphrase } from './keychain.ts'
import { askSecret, canAsk } from './prompts.ts'
import { InvalidInput, PassphraseMissing } from './refusals.ts'

export interface PassphraseFlags {
  'passphrase-file'?: string | undefined
  'passphrase-stdin'?: boolean | undefined
}

/** The passphrase of an existing file: from a file, standard input, the environment, the keychain or a prompt. */
export async function readPassphrase(flags: PassphraseFlags, path: string): Promise<string> {
  const given = (await givenPassphrase(flags)) ?? (await recallPassphrase(path))
  if (given !== undefined) return given
  if (!canAsk()) throw new PassphraseMissing()
  return askSecret(`Passphrase of ${path}`, { flag: '--passphrase-file FILE' })
}

/** A passphrase to be set: asked twice where a person types it. */
export async function readNewPassphrase(flags: PassphraseFlags, path: string): Promise<string> {
  return (await givenPassphrase(flags)) ?? (await askNewPassphrase(path, '--passphrase-file FILE'))
}

/** @param flag how a script gives it */
export async function askNewPassphrase(path: string, flag: string): Promise<string> {
  const passphrase = await askSecret(`New passphrase of ${path} (8 characters or more)`, { flag })
  const again = await askSecret('The same passphrase again', { flag })
  if (passphrase !== again) throw new InvalidInput('The two passphrases differ; nothing was changed.')
  return passphrase
}

async function givenPassphrase(flags: PassphraseFlags): Promise<string | undefined> {
  if (flags['passphrase-file'] !== undefined) return passphraseIn(flags['passphrase-file'])
  if (flags['passphrase-stdin'] === true) return withoutLineEnd(await text(process.stdin))
  const fromEnvironment = process.env.URNA_PASSPHRASE
  return fromEnvironment === undefined || fromEnvironment === '' ? undefined : fromEnvironment
}

/** The first thing in the file, without the line end that editors add. */
export async function passphraseIn(path: string): Promise<string> {
  try {
    return withoutLineEnd(await readFile(path, 'utf8'))
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown'
    throw new InvalidInput(`The passphrase file ${path} can't be read (${reason}).`, { path, reason })
  }
}

function withoutLineEnd(content: string): string {
  return content.replace(/^\ufeff/, '').replace(/\r?\n$/, '')
}
