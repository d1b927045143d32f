import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { inputBytes } from '../interchange/read-input.ts'
import { jsonOf } from '../json-of.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import type { AuditState } from './entry.ts'
import { AuditLogBroken } from './refusals.ts'
import { type ChainedEntry, verifyChain } from './verify-log.ts'

/** A line of an exported log. `details` is the very text that was hashed; what it says of voters stays encrypted. */
const lineSchema = z.strictObject({
  position: z.int().positive(),
  at: z.string(),
  officer: z.string(),
  action: z.string(),
  election: z.string().nullable(),
  details: z.string(),
  hash: z.string(),
})

/** Every entry as it was hashed, oldest first. */
export async function* storedEntries(tx: ReadTransaction): AsyncGenerator<ChainedEntry> {
  const rows = tx.db.selectFrom('audit_entry').selectAll().orderBy('position').stream()
  for await (const { position, at, officer, action, election, details, hash } of rows) {
    yield { position, at, officer, action, election, details, hash }
  }
}

/** The whole log as JSON lines, oldest first: nothing else is needed to compute its chain again. */
export async function writeLogLines(
  tx: ReadTransaction,
  write: (bytes: Uint8Array) => void | Promise<void>,
): Promise<void> {
  for await (const line of storedEntries(tx)) {
    await write(Buffer.from(`${JSON.stringify(line)}\n`))
  }
}

/**
 * Verifies an exported log, with no file and no passphrase.
 * @param head of some step, as it was kept elsewhere; undefined for none
 * @throws InputUnreadable, AuditLogBroken, HeadNotInLog
 */
export function verifyLogFile(path: string, head: string | undefined): Promise<AuditState> {
  return verifyChain(entriesIn(path), head)
}

async function* entriesIn(path: string): AsyncGenerator<ChainedEntry> {
  let position = 0
  for await (const line of createInterface({ input: Readable.from(inputBytes(path)), crlfDelay: Infinity })) {
    position += 1
    yield parsed(line, position)
  }
}

function parsed(line: string, position: number): ChainedEntry {
  const entry = lineSchema.safeParse(jsonOf(line))
  if (!entry.success) throw new AuditLogBroken({ position })
  return entry.data
}
