import { scaleLinear } from 'd3-scale'
import type { OptionIndex } from '../../tabulation/option-index.ts'
import type { Round, Tabulation } from '../../tabulation/tabulation.ts'
import { changesIn } from '../narrative.ts'
import { type Content, html, type Markup } from './markup.ts'
import { colourIn } from './option-order.ts'

/** So many rounds stand side by side; the next ones in a sheet below. */
const roundsAcross = 6

const barWidth = 100
const barHeight = 8

/**
 * The votes of every option in every round, each with a bar and the quota as a tick on it: a table, so that
 * it can be read aloud, copied and printed.
 */
export function countSheet(tabulation: Tabulation, order: readonly OptionIndex[]): Markup | undefined {
  const rounds = tabulation.rounds.filter(({ votes }) => votes.length > 0)
  if (rounds.length === 0) return undefined
  const blocks = Array.from({ length: Math.ceil(rounds.length / roundsAcross) }, (_, block) =>
    rounds.slice(block * roundsAcross, (block + 1) * roundsAcross),
  )
  const most = Math.max(1, ...rounds.flatMap(({ quota = '0', votes }) => [quota, ...votes].map(Number)))
  const scale = scaleLinear([0, most], [0, barWidth])
  return html`${blocks.map((block) => sheet(block, { tabulation, order, scale }))}`
}

interface Drawing {
  readonly tabulation: Tabulation
  readonly order: readonly OptionIndex[]
  readonly scale: (votes: number) => number
}

function sheet(rounds: readonly Round[], drawing: Drawing): Markup {
  const { tabulation, order } = drawing
  const first = rounds[0]!.number
  const last = rounds.at(-1)!.number
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Votes, rounds ${first} to ${last}"><table class="sheet${rounds.length === 1 && tabulation.rounds.length === 1 && ' single'}">
<caption>Votes at the end of ${first === last ? html`round ${first}` : html`rounds ${first} to ${last}`}</caption>
<thead><tr><th scope="col">Option</th>${rounds.map(({ number }) => html`<th scope="col">${number}</th>`)}</tr></thead>
<tbody>
${order.map(
  (option) =>
    html`<tr><th scope="row"><span class="key ${colourIn(order, option)}"></span>${tabulation.options[option]}</th>${rounds.map((round) => votesCell(option, round, drawing))}</tr>`,
)}
${footRow('Exhausted', rounds, ({ exhausted }) => exhausted)}
${footRow('Lost by rounding', rounds, ({ loss }) => loss)}
${footRow('Quota', rounds, ({ quota }) => quota ?? '0')}
</tbody></table></div>`
}

function votesCell(option: OptionIndex, round: Round, { order, scale, tabulation }: Drawing): Markup {
  const status = tabulation.statuses[option]!
  const votes = round.votes[option]!
  if (status.kind === 'withdrawn') return html`<td class="gone">withdrawn</td>`
  if (status.kind === 'excluded' && round.number > status.round) return html`<td class="gone">–</td>`
  const width = Math.max(0, scale(Number(votes)))
  const tick = round.quota === undefined ? undefined : scale(Number(round.quota))
  const change = changesIn(tabulation.rounds, round.number)[option]
  return html`<td>${votes}${change ? html` <span class="change">${change.replace('-', '−')}</span>` : ''}${mark(option, round, tabulation)}
<svg viewBox="0 0 ${barWidth} ${barHeight}" class="bar" preserveAspectRatio="none" aria-hidden="true"><rect class="${colourIn(order, option)}" width="${width.toFixed(2)}" height="${barHeight}"/>${
    tick !== undefined &&
    html`<line class="quota" x1="${tick.toFixed(2)}" x2="${tick.toFixed(2)}" y1="0" y2="${barHeight}"/>`
  }</svg></td>`
}

function mark(option: OptionIndex, { action, elected }: Round, { seatsWon }: Tabulation): Content {
  const seats = seatsWon?.[option] ?? 1
  if (elected.includes(option))
    return html` <strong class="mark">${seats === 1 ? 'elected' : html`${seats} seats`}</strong>`
  if (action.kind === 'exclude' && action.options.includes(option))
    return html` <em class="mark">excluded</em>`
  if (action.kind === 'surplus' && action.option === option) return html` <em class="mark">surplus</em>`
  return undefined
}

function footRow(
  name: string,
  rounds: readonly Round[],
  figureIn: (round: Round) => string,
): Markup | undefined {
  const values = rounds.map(figureIn)
  if (values.every((value) => value === '0')) return undefined
  return html`<tr class="foot"><th scope="row">${name}</th>${values.map((value) => html`<td>${value}</td>`)}</tr>`
}
