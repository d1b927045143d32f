import type { OptionIndex } from '../tabulation/option-index.ts'
import type { Round, Tabulation, Transfer, Working } from '../tabulation/tabulation.ts'
import type { CountReport } from './count-report.ts'
import { countSheet } from './html/count-sheet.ts'
import { type Content, html, type Markup, Markup as SafeMarkup } from './html/markup.ts'
import { displayOrder } from './html/option-order.ts'
import { pairwiseTable } from './html/pairwise-table.ts'
import { sankeyChart } from './html/sankey.ts'
import { style } from './html/style.ts'
import { listOf, outcomeSentence, statusText, tieSentence } from './narrative.ts'

/**
 * A count as one page that stands alone: tables that can be read aloud, charts beside them, nothing loaded
 * from anywhere and nothing that runs.
 */
export function renderCountHtml(report: CountReport): string {
  const { method, tabulation, title } = report
  const order = displayOrder(tabulation)
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
${section('Votes', countSheet(tabulation, order))}
${section('How votes moved', movements(tabulation, order))}
${section('Comparison in pairs', tabulation.pairwise && pairwiseTable(tabulation.pairwise, tabulation.options, order))}
${tabulation.workings?.map((working) => section(working.title, workingTable(working)))}
${section('Ranking', ranking(tabulation))}
${section('Committees that are equally good', committees(tabulation))}
${section('Ties', ties(tabulation))}
${section('Round by round', roundByRound(tabulation))}
${section('What became of the options', fates(tabulation, order))}
${section('The ballot that was followed', trace(report))}
${section('Ballots', statistics(tabulation))}
${section('How it was counted', provenance(report))}
</main></body></html>
`
  return page.text
}

function section(title: string, content: Content): Markup | undefined {
  return content === undefined || content === false
    ? undefined
    : html`<section><h2>${title}</h2>${content}</section>`
}

function outcome(tabulation: Tabulation): string {
  const winners = tabulation.winners.map(({ option }) => tabulation.options[option]!)
  return outcomeSentence({ tabulation, winners, seats: tabulation.seats })
}

function notes({ remarks, warnings }: CountReport): Markup | undefined {
  const lines = [
    ...remarks,
    ...warnings.map(({ line, column, message }) => `Line ${line}, column ${column}: ${message}`),
  ]
  if (lines.length === 0) return undefined
  return html`<section><h2>What was assumed</h2><ul class="notes">${lines.map((line) => html`<li>${line}</li>`)}</ul></section>`
}

function movements(tabulation: Tabulation, order: readonly OptionIndex[]): Markup | undefined {
  const drawn = sankeyChart(tabulation, order)
  if (drawn === undefined) return undefined
  return html`<p>From left to right the rounds; a band is as high as the votes that stay or move. Strong bands moved.</p>
<div class="scroll" tabindex="0" role="group" aria-label="How votes moved">${drawn}</div>`
}

function workingTable({ head, rows, title }: Working): Markup {
  const numeric = head.map((_, column) => rows.every((row) => /^[−–+-]?[\d.,:/ %]*$/.test(row[column] ?? '')))
  const kind = (column: number) => (numeric[column] ? undefined : html` class="text"`)
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${title}"><table>
<thead><tr>${head.map((cell, column) => html`<th scope="col"${kind(column)}>${cell}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell, column) => html`<td${kind(column)}>${cell}</td>`)}</tr>`)}</tbody></table></div>`
}

function namesOf(options: readonly OptionIndex[], { options: names }: Tabulation): string {
  return listOf(options.map((option) => names[option]!))
}

function ranking(tabulation: Tabulation): Markup | undefined {
  if (tabulation.ranking === undefined) return undefined
  let place = 1
  const rows = tabulation.ranking.map((equals) => {
    const row = html`<tr><th scope="row">${place}</th><td class="text">${namesOf(equals, tabulation)}</td></tr>`
    place += equals.length
    return row
  })
  return html`<table><thead><tr><th scope="col">Place</th><th scope="col" class="text">Option</th></tr></thead><tbody>${rows}</tbody></table>`
}

function committees(tabulation: Tabulation): Markup | undefined {
  const { committees: equal = [] } = tabulation
  if (equal.length < 2) return undefined
  return html`<ul class="notes">${equal.map((committee) => html`<li>${namesOf(committee, tabulation)}</li>`)}</ul>`
}

function ties(tabulation: Tabulation): Markup | undefined {
  if (tabulation.ties.length === 0) return undefined
  return html`<ul class="notes">${tabulation.ties.map(
    (tie) =>
      html`<li>${tieSentence(tie, tabulation.options)}${tie.decisions.map(
        (decision) =>
          decision.by === 'lot' &&
          html`<ul>${decision.tickets.map(({ option, ticket }) => html`<li>${tabulation.options[option]}: <code>${ticket}</code></li>`)}</ul>`,
      )}</li>`,
  )}</ul>`
}

function roundByRound(tabulation: Tabulation): Markup {
  return html`<ol class="rounds">${tabulation.rounds.map((round) => html`<li><strong>${round.number}.</strong> ${round.sentence}${transfers(round, tabulation)}</li>`)}</ol>`
}

function transfers(round: Round, tabulation: Tabulation): Markup | undefined {
  if (round.transfers.length === 0) return undefined
  return html`<ul class="notes">${round.transfers.map((transfer) => html`<li>From ${tabulation.options[transfer.from]}: ${received(transfer, tabulation)}.</li>`)}</ul>`
}

function received({ exhausted, loss, to }: Transfer, { options }: Tabulation): string {
  const parts = to.map(({ option, votes }) => `${options[option]} +${votes}`)
  if (exhausted !== '0') parts.push(`exhausted ${exhausted}`)
  if (loss !== '0') parts.push(`lost by rounding ${loss}`)
  return parts.length === 0 ? 'nothing moves' : parts.join(', ')
}

function fates({ options, seatsWon, statuses }: Tabulation, order: readonly OptionIndex[]): Markup {
  return html`<table><thead><tr><th scope="col">Option</th>${seatsWon && html`<th scope="col">Seats</th>`}<th scope="col" class="text">Result</th></tr></thead>
<tbody>${order.map((option) => html`<tr><th scope="row">${options[option]}</th>${seatsWon && html`<td>${seatsWon[option]}</td>`}<td class="text">${statusText(statuses[option]!)}</td></tr>`)}</tbody></table>`
}

function trace({ trace: traced }: CountReport): Markup | undefined {
  if (traced === undefined) return undefined
  return html`<p>Ballot ${traced.ballot}: ${traced.says || 'blank'}.</p>${traced.remark && html`<p>${traced.remark}</p>`}
<ol class="rounds">${traced.rounds.map(({ round, sentence }) => html`<li><strong>${round}.</strong> ${sentence}</li>`)}</ol>`
}

function definitions(pairs: readonly (readonly [string, Content])[]): Markup {
  return html`<dl>${pairs.map(([term, text]) => html`<dt>${term}</dt><dd>${text}</dd>`)}</dl>`
}

function statistics({ statistics: { blank, exhausted, invalid, overvotes, valid } }: Tabulation): Markup {
  return definitions([
    ['Valid', valid],
    ['Blank', blank],
    ['Invalid', invalid],
    ['Overvotes', overvotes],
    ['Exhausted at the end', exhausted],
  ])
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
