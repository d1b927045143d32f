import { conformanceSuite } from '../../support/conformance.ts'
import { type Checks, differAll, skipAll } from '../../support/conformance-checks.ts'
import { apportionmentChecks } from './apportionment-checks.ts'
import { classicCondorcetPhpChecks } from './classic-condorcet-php-checks.ts'
import { classicOfficialChecks } from './classic-official-checks.ts'
import { classicVotecoreChecks } from './classic-votecore-checks.ts'
<<<<<<< HEAD
import { twoRoundChecks } from './two-round-checks.ts'
=======
import { condorcetStvChecks } from './condorcet-stv-checks.ts'
>>>>>>> stv

/** By the method of the other program. */
const checks: Checks = {
  ...classicCondorcetPhpChecks,
  ...classicVotecoreChecks,
<<<<<<< HEAD
  ...apportionmentChecks,
  ...twoRoundChecks,
  ...skipAll(['CPO STV'], 'checked once the method is there'),
  ...differAll(['STV'], 'papers of the excluded pass over the elected at full value there'),
=======
  ...condorcetStvChecks,
  ...skipAll(['CPO STV'], 'checked once the method is there'),
>>>>>>> stv
  ...skipAll(['schulze_pr', 'schulze_stv'], "Schulze's proportional methods are not offered"),
}

conformanceSuite('classic-tests', (corpusCase, expectation) => {
  const official = classicOfficialChecks[corpusCase.id.replace(/^.*\//, '')]
  return (official ?? checks[expectation.method]!)(corpusCase, expectation)
})
