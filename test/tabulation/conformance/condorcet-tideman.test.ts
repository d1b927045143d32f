import { conformanceSuite } from '../../support/conformance.ts'
import type { Checks } from '../../support/conformance-checks.ts'
import { apportionmentChecks } from './apportionment-checks.ts'
import { condorcetChecks } from './condorcet-checks.ts'
import { condorcetOtherChecks } from './condorcet-other-checks.ts'
import { condorcetStvChecks } from './condorcet-stv-checks.ts'
import { cpoStvChecks } from './cpo-stv-checks.ts'
import { twoRoundChecks } from './two-round-checks.ts'

/** By the method of the other program. */
const checks: Checks = {
  ...condorcetChecks,
  ...condorcetOtherChecks,
  ...apportionmentChecks,
  ...twoRoundChecks,
  ...condorcetStvChecks,
  ...cpoStvChecks,
}

conformanceSuite('condorcet-tideman', (election, expectation) =>
  checks[expectation.method]!(election, expectation),
)
