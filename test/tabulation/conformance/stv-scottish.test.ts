import { conformanceSuite } from '../../support/conformance.ts'
import type { Checks } from '../../support/conformance-checks.ts'
import { scottishGregoryChecks } from './scottish-gregory-checks.ts'
import { scottishMeekChecks } from './scottish-meek-checks.ts'
import { scottishRankedChecks } from './scottish-ranked-checks.ts'
import { scottishRunoffChecks } from './scottish-runoff-checks.ts'

/** By the id of the expectation. */
const checks: Checks = {
  ...scottishGregoryChecks,
  ...scottishMeekChecks,
  ...scottishRankedChecks,
  ...scottishRunoffChecks,
}

conformanceSuite('stv-scottish', (ward, expectation) => checks[expectation.id]!(ward, expectation))
