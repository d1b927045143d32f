import { useMemo } from 'preact/hooks'
import { countSections, outcome, section, statistics } from '../../src/report/html/count-sections.ts'
import { html } from '../../src/report/html/markup.ts'
import type { Tabulation } from '../../src/tabulation/tabulation.ts'

/** The count of a contest as `urna count --html` shows it: the same markup, from the same code, which escapes all text. */
export function Report({ tabulation, ids }: { readonly tabulation: Tabulation; readonly ids: string }) {
  const markup = useMemo(
    () => html`<p class="outcome">${outcome(tabulation)}</p>
${countSections(tabulation, { level: 3, ids })}
${section('Ballots', statistics(tabulation), 3)}`,
    [tabulation, ids],
  )
  return <div lang="en" dangerouslySetInnerHTML={{ __html: markup.text }} />
}
