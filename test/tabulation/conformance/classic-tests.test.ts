import { conformanceSuite } from '../../support/conformance.ts'
import { type Checks, skipAll } from '../../support/conformance-checks.ts'
import { apportionmentChecks } from './apportionment-checks.ts'
import { classicCondorcetPhpChecks } from './classic-condorcet-php-checks.ts'
import { classicOfficialChecks } from './classic-official-checks.ts'
import { classicVotecoreChecks } from './classic-votecore-checks.ts'
import { condorcetStvChecks } from './condorcet-stv-checks.ts'
import { cpoStvChecks } from './cpo-stv-checks.ts'
import { twoRoundChecks } from './two-round-checks.ts'

/** By the method of the other program. */
const checks: Checks = {
  ...classicCondorcetPhpChecks,
  ...classicVotecoreChecks,
  ...apportionmentChecks,
  ...twoRoundChecks,
  ...condorcetStvChecks,
  ...cpoStvChecks,
  ...skipAll(['schulze_pr', 'schulze_stv'], "Schulze's proportional methods are not offered"),
}

conformanceSuite('classic-tests', (corpusCase, expectation) => {
  const official = classicOfficialChecks[corpusCase.id.replace(/^.*\//, '')]
  return (official ?? checks[expectation.method]!)(corpusCase, expectation)
})
