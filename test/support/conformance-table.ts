import { globSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { formatTable } from '../../src/cli/output.ts'
import { conformanceFolder } from './conformance-figures.ts'

interface Figures {
  readonly group: string
  readonly cases: number
  readonly matched: number
  readonly differing: number
  readonly skipped: Readonly<Record<string, number>>
}

/** Before a run the figures of the last one go; after it those of this one are printed. */
export function setup(): () => void {
  rmSync(conformanceFolder, { recursive: true, force: true })
  return () => {
    const all = globSync('*.json', { cwd: conformanceFolder })
      .sort()
      .map((file) => JSON.parse(readFileSync(join(conformanceFolder, file), 'utf8')) as Figures)
    if (all.length === 0) return
    const sum = (skipped: Figures['skipped']) =>
      Object.values(skipped).reduce((total, each) => total + each, 0)
    const rows = all.map(({ group, cases, matched, differing, skipped }) =>
      [group, cases, matched, differing, sum(skipped)].map(String),
    )
    console.log('\nExpectations of the corpus')
    console.log(formatTable({ head: ['Group', 'Cases', 'Matched', 'Differing', 'Skipped'], rows }))
    for (const { group, skipped } of all) {
      for (const [why, count] of Object.entries(skipped)) console.log(`  ${group}: ${count} skipped: ${why}`)
    }
  }
}
