import { type Checks, skipAll } from '../../support/conformance-checks.ts'

export const droopMeekChecks: Checks = skipAll(
  ['meek', 'meek-prf', 'warren', 'qpq'],
  'checked once the method is there',
)
