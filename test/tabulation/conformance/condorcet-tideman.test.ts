import { conformanceSuite } from '../../support/conformance.ts'
import { checkCondorcet } from './condorcet-checks.ts'

conformanceSuite('condorcet-tideman', checkCondorcet)
