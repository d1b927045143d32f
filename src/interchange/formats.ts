import { abif, abifScores } from './abif.ts'
import type { BallotFormat } from './ballot-format.ts'
import { blt } from './blt.ts'
import { cef } from './cef.ts'
import { csv, csvChoices, csvOptions, csvRanks, csvScores } from './csv.ts'
import { aecSenate, aecSenate2016 } from './cvr/aec-senate.ts'
import { clearBallot } from './cvr/clear-ballot.ts'
import { dominion } from './cvr/dominion.ts'
import { essCsv, essXlsx } from './cvr/ess.ts'
import { hart } from './cvr/hart.ts'
import { nistJson, nistXml } from './cvr/nist.ts'
import { debian } from './debian.ts'
import { nameq } from './nameq.ts'
import { pabulib } from './pabulib.ts'
import { prefLib } from './preflib.ts'
import { scottishDat } from './scottish-dat.ts'
import { stvPm } from './stv-pm.ts'

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
  aecSenate2016,
  csvRanks,
  essXlsx,
  essCsv,
  cef,
  prefLib,
  stvPm,
  debian,
  pabulib,
  nameq,
  scottishDat,
  blt,
  abif,
  abifScores,
  csvOptions,
  csvScores,
  csvChoices,
  csv,
]
