import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BallotFile } from '../../../src/interchange/ballot-file.ts'
import { formatById, formatOf } from '../../../src/interchange/open-ballots.ts'
import { conformanceSuite, matched, sameOrDiffers, type Verdict } from '../../support/conformance.ts'
import { readPieces } from '../../support/read-pieces.ts'
import type { CorpusCase } from '../../support/tabulation-corpus.ts'
import { type AbifExpectation, abifChecks } from './formats-abif-checks.ts'
import { type ParseExpectation, parseVerdict } from './formats-parse-checks.ts'

/** The first file of a case, by the format that it shows, or as another. */
function ballotFile({ folder, ballots }: CorpusCase, format?: string): BallotFile {
  const path = join(folder, ballots[0]!.file)
  const bytes = readFileSync(path)
  const head = bytes.toString('utf8', 0, 1 << 16)
  return readPieces(format === undefined ? formatOf({ path }, head) : formatById(path, format), bytes)
}

function parseCheck(corpusCase: CorpusCase, expectation: ParseExpectation): Verdict {
  if (expectation.expect === 'error') {
    try {
      ballotFile(corpusCase)
    } catch {
      return matched
    }
    return { kind: 'differs', how: 'it was read' }
  }
  const file = ballotFile(corpusCase)
  if (expectation.expect === 'ok') return sameOrDiffers(file.options.length > 0, true)
  const rated = corpusCase.ballots[0]!.format === 'abif' ? ballotFile(corpusCase, 'abif-scores') : undefined
  return parseVerdict(expectation, file, rated)
}

conformanceSuite('formats', (corpusCase, expectation) => {
  if (expectation.method === 'parse')
    return parseCheck(corpusCase, expectation as unknown as ParseExpectation)
  const file = ballotFile(corpusCase)
  if (file.options.length === 0) return { kind: 'skipped', why: 'there is no option to count for' }
  const check = abifChecks[expectation.method]!
  const rated = () => ballotFile(corpusCase, 'abif-scores')
  return check(expectation as unknown as AbifExpectation, file, rated, corpusCase)
})
