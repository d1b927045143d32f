import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The set of rules that a page of `docs/tabulation` gives, as JSON, after the paragraph that begins with some
 * words. So what the pages say is what the corpus is checked against.
 */
export function documentedRules(page: string, beginning: string): Readonly<Record<string, unknown>> {
  const text = readFileSync(join(import.meta.dirname, '../../docs/tabulation', `${page}.md`), 'utf8')
  const start = text.indexOf(`\n\n${beginning}`)
  const json = /```json\n(.*?)```/s.exec(text.slice(start))?.[1]
  if (start < 0 || json === undefined) throw new Error(`${page} has no rules for "${beginning}"`)
  return JSON.parse(json)
}
