import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { readTextInput } from '../interchange/read-input.ts'
import { writeNewFile } from '../report/output-file.ts'
import { ContributionInvalid } from './refusals.ts'

/** What a trustee sends back to the officer: nothing in it is secret. */
const contributionSchema = z.strictObject({
  kind: z.enum(['shuffle', 'decryption']),
  /** The uuid of the election. */
  election: z.string(),
  /** The trustee's position, from 1. */
  trustee: z.int().positive(),
  /** The canonical JSON that goes on the board. */
  payload: z.string(),
})

export type Contribution = z.infer<typeof contributionSchema>

/**
 * Where a contribution is if nobody says: `ruth.8kTzVh2mPqWxYa.shuffle.json` beside `ruth.private.json`. With the
 * uuid of the election in it, a trustee's part in a runoff has its own file, and a second part in one election is
 * noticed.
 */
export function contributionBeside(
  keyFile: string,
  { uuid, kind }: { uuid: string; kind: Contribution['kind'] },
): string {
  const name = basename(keyFile).replace(/(\.private)?\.json$/, '')
  return join(dirname(keyFile), `${name}.${uuid}.${kind}.json`)
}

/** @throws InputUnreadable, ContributionInvalid */
export async function readContribution(file: string): Promise<Contribution> {
  const contribution = contributionSchema.safeParse(jsonOf(await readTextInput(file)))
  if (!contribution.success) {
    throw new ContributionInvalid({ file, reason: 'it is not what urna trustee shuffle or decrypt writes' })
  }
  return contribution.data
}

/** @throws OutputExists, OutputUnwritable */
export async function writeContribution(file: string, contribution: Contribution): Promise<void> {
  await writeNewFile(file, `${JSON.stringify(contribution)}\n`, 0o644)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
