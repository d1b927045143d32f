import type { CountReport } from '../../src/report/count-report.ts'
import type { Method } from '../../src/tabulation/method.ts'
import type { Tabulation } from '../../src/tabulation/tabulation.ts'

/** The report of a count by the usual rules, of a file that gave a warning. */
export function reportOf(method: Method, tabulation: Tabulation, seed?: string): CountReport {
  const { id, title, style, source } = method
  return {
    title: 'Ward 1 <b>',
    file: { name: 'ward.blt', format: { id: 'blt', title: 'BLT' }, sha256: '0'.repeat(64) },
    method: { id, title, style, source },
    rules: method.rules.parse({}) as Record<string, unknown>,
    seatsFrom: 'request',
    tabulation,
    ...(seed !== undefined && { seed }),
    warnings: [{ line: 1, column: 2, message: 'Something was odd.' }],
    remarks: ['Something was assumed.'],
    version: '0.0.0',
  }
}
