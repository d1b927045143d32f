import type { OptionIndex } from '../../tabulation/option-index.ts'
import type { Tabulation } from '../../tabulation/tabulation.ts'
import { html, type Markup } from './markup.ts'
import { colourIn } from './option-order.ts'

const square = 18
const gap = 4
const acrossRow = 25

/**
 * The seats that lists win, a square each, in the order of the lists; undefined where options are no lists. The table of
 * what became of the options tells the same.
 * @param order the options from first to last
 * @param ids begins the ids of its elements
 */
export function seatChart(
  { options, seatsWon }: Pick<Tabulation, 'options' | 'seatsWon'>,
  order: readonly OptionIndex[],
  ids: string,
): Markup | undefined {
  if (seatsWon === undefined) return undefined
  const winning = order.filter((option) => (seatsWon[option] ?? 0) > 0)
  const seats = winning.flatMap((option) => Array.from({ length: seatsWon[option]! }, () => option))
  if (seats.length === 0) return undefined
  const width = Math.min(seats.length, acrossRow) * (square + gap)
  const height = Math.ceil(seats.length / acrossRow) * (square + gap)
  const said = winning.map((option) => `${options[option]}: ${seatsWon[option]}`).join(', ')
  return html`<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" class="seats" role="img" aria-labelledby="${ids}seats-title ${ids}seats-text">
<title id="${ids}seats-title">The seats of each list</title><desc id="${ids}seats-text">${said}</desc>
${seats.map((option, seat) => {
  const [x, y] = [(seat % acrossRow) * (square + gap), Math.floor(seat / acrossRow) * (square + gap)]
  return html`<rect class="${colourIn(order, option)}" x="${x}" y="${y}" width="${square}" height="${square}" rx="3"><title>${options[option]}</title></rect>`
})}
</svg>
<ul class="legend" aria-hidden="true">${winning.map((option) => html`<li><span class="key ${colourIn(order, option)}"></span>${options[option]}: ${seatsWon[option]}</li>`)}</ul>`
}
