import { readFileSync } from 'node:fs'

/** The ids of the cases of others that a section of docs/differences.md says urna is stricter in, with why. */
export function stricterCases(section: string): Map<string, string> {
  const page = readFileSync(new URL('../../docs/differences.md', import.meta.url), 'utf8')
  const rows = page.split(`\n## ${section}\n`)[1]?.split('\n## ')[0] ?? ''
  return new Map(
    [...rows.matchAll(/^\| `([^`]+)` \|.*\| ([^|]+) \|$/gm)].flatMap(([, ids = '', why = '']) =>
      ids.split(/, ?/).map((id) => [id, why.trim()] as const),
    ),
  )
}
