import type { ReadTransaction } from '../store/unit-of-work.ts'

/**
 * What outsiders see happen anyway, on the board or in the state of an election. Heads that moved with anything else
 * would tell them when an officer looked at something, or when a voter asked for a code.
 */
const seenByAll = [
  ...['election-opened', 'election-paused', 'election-reopened', 'election-closed', 'election-cancelled'],
  ...['ballot-accepted', 'ballots-shuffled', 'election-tallied', 'result-published'],
  ...['election-certified', 'election-archived', 'election-anonymised'],
]

/**
 * The hash of the entry with which the audit log tells the last thing of an election that everybody saw, hex. It stands for
 * all that is before it in the log of the file: whoever kept it finds out if that is ever written anew.
 * @returns null where there is none, as in a draft
 */
export async function publicAuditHead(
  tx: ReadTransaction,
  { slug }: { slug: string },
): Promise<string | null> {
  const row = await tx.db
    .selectFrom('audit_entry')
    .select('hash')
    .where('election', '=', slug)
    .where('action', 'in', seenByAll)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.hash ?? null
}

/** Whether the log still has a head that was told of an election; of its other entries nothing is said. */
export async function hasPublicHead(
  tx: ReadTransaction,
  { slug }: { slug: string },
  hash: string,
): Promise<boolean> {
  const row = await tx.db
    .selectFrom('audit_entry')
    .select('position')
    .where('hash', '=', hash)
    .where('election', '=', slug)
    .where('action', 'in', seenByAll)
    .executeTakeFirst()
  return row !== undefined
}
