import { conformanceSuite } from '../../support/conformance.ts'
import { type Checks, differAll, skipAll } from '../../support/conformance-checks.ts'
import { apportionmentChecks } from './apportionment-checks.ts'
import { condorcetChecks } from './condorcet-checks.ts'
import { condorcetOtherChecks } from './condorcet-other-checks.ts'
<<<<<<< HEAD
import { twoRoundChecks } from './two-round-checks.ts'
=======
import { condorcetProportionalChecks } from './condorcet-proportional-checks.ts'
import { condorcetStvChecks } from './condorcet-stv-checks.ts'
>>>>>>> stv

/** By the method of the other program. */
const checks: Checks = {
  ...condorcetChecks,
  ...condorcetOtherChecks,
<<<<<<< HEAD
  ...apportionmentChecks,
  ...twoRoundChecks,
  ...skipAll(['CPO STV'], 'checked once the method is there'),
  ...differAll(['STV'], 'papers of the excluded pass over the elected at full value there'),
=======
  ...condorcetProportionalChecks,
  ...condorcetStvChecks,
  ...skipAll(['CPO STV'], 'checked once the method is there'),
>>>>>>> stv
}

conformanceSuite('condorcet-tideman', (election, expectation) =>
  checks[expectation.method]!(election, expectation),
)
