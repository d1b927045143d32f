import { existsSync } from 'node:fs'
import { Refusal } from '../errors.ts'
import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { nameTokenFile, temporaryName } from './token-file.ts'
import { TokensUncertain } from './token-file-refusals.ts'

/**
 * A write that may make tokens, whose file it has flushed to the disk under its temporary name and gives back; once
 * they count, the file gets its name.
 * @throws TokenFileUnnamed, TokensUncertain
 */
export async function writeTokens<T extends { readonly file: string | null }>(
  work: UnitOfWork,
  deed: string,
  make: (tx: WriteTransaction) => Promise<T>,
): Promise<T> {
  let flushed: string | undefined
  let made: T
  try {
    made = await work.write(deed, async (tx) => {
      const done = await make(tx)
      if (done.file !== null && existsSync(temporaryName(done.file))) flushed = temporaryName(done.file)
      return done
    })
  } catch (error) {
    // What failed is the commit, which the disk may have nevertheless: then these tokens count.
    throw flushed !== undefined && error instanceof Refusal ? new TokensUncertain(flushed, error) : error
  }
  if (made.file !== null) nameTokenFile(made.file)
  return made
}
