import { type Checks, skipAll } from '../../support/conformance-checks.ts'

export const droopGregoryChecks: Checks = skipAll(
  ['scotland', 'wigm', 'wigm-prf', 'wigm-prf-batch', 'cfer', 'cfer-batch', 'mpls'],
  'checked once the method is there',
)
