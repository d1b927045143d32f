import type { BallotFormat } from './ballot-format.ts'
import { blt } from './blt.ts'
import { aecSenate } from './cvr/aec-senate.ts'
import { clearBallot } from './cvr/clear-ballot.ts'
import { dominion } from './cvr/dominion.ts'
import { essCsv, essXlsx } from './cvr/ess.ts'
import { hart } from './cvr/hart.ts'
import { nistJson, nistXml } from './cvr/nist.ts'

/**
 * Every format of ballots, the more particular first: where several fit a file, its extension decides, and
 * then this order.
 */
export const formats: readonly BallotFormat[] = [
  nistJson,
  nistXml,
  dominion,
  hart,
  clearBallot,
  aecSenate,
  essXlsx,
  essCsv,
  blt,
]
