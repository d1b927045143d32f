import { conformanceSuite } from '../../support/conformance.ts'
import { type Checks, skipAll } from '../../support/conformance-checks.ts'
import { condorcetChecks } from './condorcet-checks.ts'
import { condorcetOtherChecks } from './condorcet-other-checks.ts'
import { condorcetProportionalChecks } from './condorcet-proportional-checks.ts'

/** What the other program calls STV. */
const noRuleSet = 'papers of the excluded pass over the elected at full value there, as by no rule set'

/** By the method of the other program. */
const checks: Checks = {
  ...condorcetChecks,
  ...condorcetOtherChecks,
  ...condorcetProportionalChecks,
  ...skipAll(['CPO STV'], 'checked once the method is there'),
  ...skipAll(['STV'], noRuleSet),
}

conformanceSuite('condorcet-tideman', (election, expectation) =>
  checks[expectation.method]!(election, expectation),
)
