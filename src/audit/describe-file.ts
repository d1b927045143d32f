import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { AuditState } from './entry.ts'
import { verifyAuditLog } from './verify-log.ts'

/** What is in a file, in numbers. */
export interface FileContents extends AuditState {
  elections: number
  members: number
  voters: number
  ballots: number
}

/** Counts what is in a file, and verifies its log. @throws AuditLogBroken */
export async function describeFile(work: UnitOfWork): Promise<FileContents> {
  const state = await verifyAuditLog(work)
  return work.read(async ({ db }) => {
    const countOf = async (table: 'election' | 'member' | 'voter' | 'ballot') => {
      const { count } = await db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return count
    }
    return {
      ...state,
      elections: await countOf('election'),
      members: await countOf('member'),
      voters: await countOf('voter'),
      ballots: await countOf('ballot'),
    }
  })
}
