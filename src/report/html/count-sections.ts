import type { OptionIndex } from '../../tabulation/option-index.ts'
import type { Round, Tabulation, Transfer, Working } from '../../tabulation/tabulation.ts'
import { listOf, outcomeSentence, statusText, tieSentence } from '../narrative.ts'
import { countSheet } from './count-sheet.ts'
import { type Content, html, type Markup } from './markup.ts'
import { displayOrder } from './option-order.ts'
import { pairwiseTable } from './pairwise-table.ts'
import { roundBars } from './round-bars.ts'
import { sankeyChart } from './sankey.ts'
import { seatChart } from './seat-chart.ts'

/** Where the count of a contest stands in a page. */
export interface CountPlace {
  /** Of the headings of its sections. */
  readonly level: 2 | 3
  /** Begins the ids of its elements, so that several counts can stand in one page. */
  readonly ids: string
}

/** The sections of a count, from the votes to what became of the options. */
export function countSections(tabulation: Tabulation, place: CountPlace): Markup {
  const { level, ids } = place
  const order = displayOrder(tabulation)
  const { options, pairwise, workings } = tabulation
  return html`${section('Votes', votes(tabulation, order, ids), level)}
${section('How votes moved', movements(tabulation, order, ids), level)}
${section('Comparison in pairs', pairwise && pairwiseTable(pairwise, { options, order, ids }), level)}
${workings?.map((working) => section(working.title, workingTable(working), level))}
${section('Ranking', ranking(tabulation), level)}
${section('Committees that are equally good', committees(tabulation), level)}
${section('Ties', ties(tabulation), level)}
${section('Round by round', roundByRound(tabulation), level)}
${section('What became of the options', fates(tabulation, order), level)}`
}

function votes(tabulation: Tabulation, order: readonly OptionIndex[], ids: string): Markup | undefined {
  const sheet = countSheet(tabulation, order)
  const charts = [roundBars(tabulation, order, ids), seatChart(tabulation, order, ids)]
  return sheet && html`${sheet}${charts}`
}

/** Nothing where there is no content. */
export function section(title: string, content: Content, level: CountPlace['level'] = 2): Markup | undefined {
  if (content === undefined || content === false) return undefined
  const heading = level === 2 ? html`<h2>${title}</h2>` : html`<h3>${title}</h3>`
  return html`<section>${heading}${content}</section>`
}

/** Who is elected, or what is still open, in one sentence. */
export function outcome(tabulation: Tabulation): string {
  const winners = tabulation.winners.map(({ option }) => tabulation.options[option]!)
  return outcomeSentence({ tabulation, winners, seats: tabulation.seats })
}

/** How many ballots counted, and why others did not. */
export function statistics({
  statistics: { blank, exhausted, invalid, overvotes, valid },
}: Tabulation): Markup {
  return definitions([
    ['Valid', valid],
    ['Blank', blank],
    ['Invalid', invalid],
    ['Overvotes', overvotes],
    ['Exhausted at the end', exhausted],
  ])
}

export function definitions(pairs: readonly (readonly [string, Content])[]): Markup {
  return html`<dl>${pairs.map(([term, text]) => html`<dt>${term}</dt><dd>${text}</dd>`)}</dl>`
}

function movements(tabulation: Tabulation, order: readonly OptionIndex[], ids: string): Markup | undefined {
  const drawn = sankeyChart(tabulation, order, ids)
  if (drawn === undefined) return undefined
  return html`<p>From left to right the rounds; a band is as high as the votes that stay or move. Strong bands moved.</p>
<div class="scroll" tabindex="0" role="group" aria-label="How votes moved">${drawn}</div>`
}

function workingTable({ head, rows, title }: Working): Markup {
  const numeric = head.map((_, column) => rows.every((row) => /^[−–+-]?[\d.,:/ %]*$/.test(row[column] ?? '')))
  const kind = (column: number) => (numeric[column] ? undefined : html` class="text"`)
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${title}"><table>
<thead><tr>${head.map((cell, column) => (cell === '' ? html`<td></td>` : html`<th scope="col"${kind(column)}>${cell}</th>`))}</tr></thead>
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
