import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { readTextInput } from '../interchange/read-input.ts'
import { jsonOf } from '../json-of.ts'
import { writeNewFile } from '../report/output-file.ts'
import type { SealedElection } from '../sealing/election.ts'
import { sha256Hex } from '../sealing/encoding.ts'
import type { Group } from '../sealing/group.ts'
import { ContributionInvalid } from './refusals.ts'

/** What a trustee sends back to the officer: nothing in it is secret. */
export const contributionSchema = z.strictObject({
  kind: z.enum(['shuffle', 'decryption']),
  /** The uuid of the election. */
  election: z.string(),
  /** The trustee's position, from 1. */
  trustee: z.int().positive(),
  /** SHA-256 of the last event of the archive that it was made from, hex. */
  head: z.string(),
  /** The canonical JSON that goes on the board. */
  payload: z.string(),
  /** With the trustee's key, of `contributionStatement`: it is not on the board. */
  signature: z.string(),
})

export type Contribution = z.infer<typeof contributionSchema>

/** What a trustee signs, so that nobody shuffles or decrypts in another's name. */
export function contributionStatement(
  group: Group,
  { fingerprint }: SealedElection,
  { kind, head, payload }: Pick<Contribution, 'kind' | 'head' | 'payload'>,
): string {
  return `urna-contribution|${fingerprint}|${kind}|${head}|${sha256Hex(group, payload)}`
}

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
  const contribution = contributionOf(jsonOf(await readTextInput(file)))
  if (contribution === undefined) throw new ContributionInvalid({ file, reason: notOurs })
  return contribution
}

export const notOurs = 'it is not what urna trustee continue, shuffle or decrypt writes'

/** A contribution that was read as JSON; undefined if it is something else. */
export function contributionOf(content: unknown): Contribution | undefined {
  const contribution = contributionSchema.safeParse(content)
  return contribution.success ? contribution.data : undefined
}

/** @throws OutputExists, OutputUnwritable */
export async function writeContribution(file: string, contribution: Contribution): Promise<void> {
  await writeNewFile(file, `${JSON.stringify(contribution)}\n`, 0o644)
}
