import { z } from 'zod'
import { Refusal } from '../errors.ts'
import { InputUnreadable, readTextInput } from '../interchange/read-input.ts'
import { writeOutputFile } from '../report/output-file.ts'
import type { VerifiedPrefix } from './public.d.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/)

const prefixFileSchema = z.strictObject({
  kind: z.literal('urna-verified-prefix'),
  bytes: z.int().nonnegative(),
  sha256: hash,
  head: z.strictObject({ hash, height: z.int().nonnegative() }),
})

/**
 * What was verified before, as `writePrefixFile` left it.
 *
 * @returns undefined where there is no such file yet
 * @throws InputUnreadable, PrefixFileInvalid
 */
export async function readPrefixFile(path: string): Promise<VerifiedPrefix | undefined> {
  const text = await readTextInput(path).catch((error: unknown) => {
    if (error instanceof InputUnreadable && error.reason === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  const file = prefixFileSchema.safeParse(parsed(text))
  if (!file.success) throw new PrefixFileInvalid(path)
  const { kind: _, ...prefix } = file.data
  return prefix
}

/** @throws OutputUnwritable */
export async function writePrefixFile(path: string, prefix: VerifiedPrefix): Promise<void> {
  const text = `${JSON.stringify({ kind: 'urna-verified-prefix', ...prefix }, null, 2)}\n`
  await writeOutputFile(path, async (sink) => sink(new TextEncoder().encode(text)), { existing: 'replace' })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export class PrefixFileInvalid extends Refusal {
  readonly code = 'invalid-input'
  constructor(path: string) {
    super(
      `${path} does not say what was verified before.`,
      { path },
      'Name the file that an earlier verification wrote, or a new one; the archive itself is the argument.',
    )
  }
}
