import { z } from 'zod'
import { Refusal } from '../errors.ts'
import { readTextIfThere } from '../interchange/read-input.ts'
import { jsonOf } from '../json-of.ts'
import { writeOutputFile } from '../report/output-file.ts'
import { prefixSchema } from '../report/prefix-schema.ts'
import type { VerifiedPrefix } from './public.d.ts'

const prefixFileSchema = z.strictObject({
  kind: z.literal('urna-verified-prefix'),
  ...prefixSchema.shape,
})

/**
 * What was verified before, as `writePrefixFile` left it.
 *
 * @returns undefined where there is no such file yet
 * @throws InputUnreadable, PrefixFileInvalid
 */
export async function readPrefixFile(path: string): Promise<VerifiedPrefix | undefined> {
  const text = await readTextIfThere(path)
  if (text === undefined) return undefined
  const file = prefixFileSchema.safeParse(jsonOf(text))
  if (!file.success) throw new PrefixFileInvalid(path)
  const { kind: _, ...prefix } = file.data
  return prefix
}

/** @throws OutputUnwritable */
export async function writePrefixFile(path: string, prefix: VerifiedPrefix): Promise<void> {
  const text = `${JSON.stringify({ kind: 'urna-verified-prefix', ...prefix }, null, 2)}\n`
  await writeOutputFile(path, async (sink) => sink(new TextEncoder().encode(text)), { existing: 'replace' })
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
