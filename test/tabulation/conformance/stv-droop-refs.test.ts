import { conformanceSuite } from '../../support/conformance.ts'
import type { Checks } from '../../support/conformance-checks.ts'
import { droopGregoryChecks } from './droop-gregory-checks.ts'
import { droopMeekChecks } from './droop-meek-checks.ts'

/** By the rule as that program names it: `droop rule=wigm-prf (…)`. */
const checks: Checks = { ...droopGregoryChecks, ...droopMeekChecks }

conformanceSuite('stv-droop-refs', (corpusCase, expectation) => {
  const [, rule] = /^droop rule=([\w-]+)/.exec(expectation.rule!)!
  return checks[rule!]!(corpusCase, expectation)
})
