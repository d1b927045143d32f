import type { Backups } from '../audit/keep-backups.ts'
import type { Clock } from '../clock.ts'
import type { Group } from '../sealing/group.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { Casting } from '../voting/casting.ts'
import type { OneTimeCodes } from '../voting/one-time-code.ts'

/** What the routes work with. */
export interface ServerContext {
  /** The file, in the name of the server itself. */
  readonly work: UnitOfWork
  readonly group: Group
  readonly clock: Clock
  /** Where ballots go into the box. */
  readonly casting: Casting
  readonly codes: OneTimeCodes
  /** Undefined where the server makes none on its own. */
  readonly backups: Pick<Backups, 'state'> | undefined
}
