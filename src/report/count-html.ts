import type { CountReport } from './count-report.ts'
import { countSections, definitions, outcome, section, statistics } from './html/count-sections.ts'
import { html, type Markup, Markup as SafeMarkup } from './html/markup.ts'
import { style } from './html/style.ts'

/**
 * A count as one page that stands alone: tables that can be read aloud, charts beside them, nothing loaded
 * from anywhere and nothing that runs.
 */
export function renderCountHtml(report: CountReport): string {
  const { method, tabulation, title } = report
  const heading = title || report.file.name
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${heading}: count</title><style>${new SafeMarkup(style)}</style></head>
<body><main>
<h1>${heading}</h1>
<p class="lead">${method.title} · ${tabulation.seats} ${tabulation.seats === 1 ? 'seat' : 'seats'} · ${tabulation.options.length} options · ${tabulation.statistics.valid} valid votes</p>
<p class="outcome">${outcome(tabulation)}</p>
${notes(report)}
${countSections(tabulation, { level: 2, ids: '' })}
${section('The ballot that was followed', trace(report))}
${section('Ballots', statistics(tabulation))}
${section('How it was counted', provenance(report))}
</main></body></html>
`
  return page.text
}

function notes({ remarks, warnings }: CountReport): Markup | undefined {
  const lines = [
    ...remarks,
    ...warnings.map(({ line, column, message }) => `Line ${line}, column ${column}: ${message}`),
  ]
  if (lines.length === 0) return undefined
  return html`<section><h2>What was assumed</h2><ul class="notes">${lines.map((line) => html`<li>${line}</li>`)}</ul></section>`
}

function trace({ trace: traced }: CountReport): Markup | undefined {
  if (traced === undefined) return undefined
  return html`<p>Ballot ${traced.ballot}: ${traced.says || 'blank'}.</p>${traced.remark && html`<p>${traced.remark}</p>`}
<ol class="rounds">${traced.rounds.map(({ round, sentence }) => html`<li><strong>${round}.</strong> ${sentence}</li>`)}</ol>`
}

function provenance({ file, method, rules, seatsFrom, seed, version }: CountReport): Markup {
  const seats = { request: 'as asked for', file: 'from the file', assumption: 'assumed' }[seatsFrom]
  return definitions([
    ['Method', `${method.title} (${method.id})`],
    ['Source of the rules', method.source],
    ...Object.entries(rules).map(([rule, value]) => [rule, ruleText(value)] as const),
    ['Seats', seats],
    ...(seed === undefined ? [] : [['Seed of lots', seed] as const]),
    ['File', `${file.name} · ${file.format.title}`],
    ['SHA-256 of the file', html`<code>${file.sha256}</code>`],
    ['Counted by', `urna ${version}`],
  ])
}

function ruleText(value: unknown): string {
  if (Array.isArray(value)) return value.map(ruleText).join(', ') || 'none'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
