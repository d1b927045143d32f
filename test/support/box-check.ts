import { expect } from 'vitest'
import { verifyAuditLog } from '../../src/audit/verify-log.ts'
import { findElection } from '../../src/election/find-election.ts'
import { openingBytes, recordBytes } from '../../src/sealing/archive.ts'
import { readBoard } from '../../src/sealing/board-reader.ts'
import type { Group } from '../../src/sealing/group.ts'
import type { ReadTransaction, UnitOfWork } from '../../src/store/unit-of-work.ts'
import { boardRecords } from '../../src/voting/board-records.ts'

/**
 * Expects a box that fits together: marks are effective ballots, the ballots of the box are those of the
 * board and of the log, both chains hold.
 * @returns the tracking codes of all ballots in the box
 */
export async function expectSoundBox(work: UnitOfWork, group: Group): Promise<string[]> {
  await verifyAuditLog(work)
  return work.read(async (tx) => {
    const ballots = await tx.db
      .selectFrom('ballot')
      .select(['tracking_code', 'effective', 'voter_id'])
      .execute()
    const marks = await tx.db.selectFrom('mark').select('voter_id').execute()
    const effective = ballots.filter((ballot) => ballot.effective === 1)
    expect(effective.map((ballot) => ballot.voter_id).sort()).toEqual(
      marks.map((mark) => mark.voter_id).sort(),
    )
    expect(await boardBallots(tx, group)).toBe(ballots.length)
    const { logged } = await tx.db
      .selectFrom('audit_entry')
      .select(({ fn }) => fn.countAll<number>().as('logged'))
      .where('action', '=', 'ballot-accepted')
      .executeTakeFirstOrThrow()
    expect(logged).toBe(ballots.length)
    return ballots.map((ballot) => ballot.tracking_code)
  })
}

/** How many ballots are on the board, whose chain must hold. */
async function boardBallots(tx: ReadTransaction, group: Group): Promise<number> {
  const { id } = await findElection(tx, undefined)
  async function* bytes() {
    yield openingBytes(1)
    for await (const record of boardRecords(tx, id)) yield recordBytes(record, 1)
  }
  let count = 0
  for await (const piece of readBoard(group, bytes())) {
    if (piece.kind === 'refused') throw new Error(`${piece.file}: ${piece.reason}`)
    if (piece.entry.type === 'Ballot') count += 1
  }
  return count
}
