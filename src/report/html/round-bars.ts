import { scaleLinear } from 'd3-scale'
import type { OptionIndex } from '../../tabulation/option-index.ts'
import type { Round, Tabulation } from '../../tabulation/tabulation.ts'
import { html, type Markup } from './markup.ts'
import { colourIn } from './option-order.ts'

/** Of the drawing, in its own units; the page makes it as wide as there is room. */
const width = 640
const numberWidth = 28
const barHeight = 18
const rowHeight = 26

/** A stretch of the bar of a round. */
interface Piece {
  readonly kind: string
  readonly name: string
  readonly votes: string
}

/**
 * How the votes of every round are shared, as a bar a round: for each option its votes, then the exhausted and the lost.
 * Nothing of a count of one round, or where the rounds share out different numbers of votes, as points do.
 * @param order the options from left to right
 * @param ids begins the ids of its elements
 */
export function roundBars(
  tabulation: Tabulation,
  order: readonly OptionIndex[],
  ids: string,
): Markup | undefined {
  const rounds = tabulation.rounds.filter(({ votes }) => votes.length > 0)
  const all = rounds.map(sharedOut)
  const whole = all[0] ?? 0
  if (rounds.length < 2 || whole <= 0) return undefined
  // Numbers are for drawing, not for counting.
  if (all.some((votes) => Math.abs(votes - whole) > 1e-6 * whole)) return undefined
  const scale = scaleLinear([0, whole], [0, width - numberWidth])
  const { options } = tabulation
  return html`<svg viewBox="0 0 ${width} ${rounds.length * rowHeight}" class="rounds" role="img" aria-labelledby="${ids}bars-title ${ids}bars-text">
<title id="${ids}bars-title">The votes of every round</title>
<desc id="${ids}bars-text">A bar for each of ${rounds.length} rounds, each as long as all votes. The same figures stand in the table above.</desc>
${rounds.map((round, row) => bar(pieces(round, { options, order }), { round, row, scale }))}
</svg>
<ul class="legend" aria-hidden="true">${order.map((option) => html`<li><span class="key ${colourIn(order, option)}"></span>${options[option]}</li>`)}<li><span class="key nobody"></span>with nobody any more</li></ul>`
}

function sharedOut({ votes, exhausted, loss }: Round): number {
  return [...votes, exhausted, loss].map(Number).reduce((sum, each) => sum + each, 0)
}

function pieces(
  { votes, exhausted, loss }: Round,
  { options, order }: { options: readonly string[]; order: readonly OptionIndex[] },
): Piece[] {
  return [
    ...order.map((option) => ({
      kind: colourIn(order, option),
      name: options[option]!,
      votes: votes[option] ?? '0',
    })),
    { kind: 'nobody', name: 'Exhausted', votes: exhausted },
    { kind: 'nobody', name: 'Lost by rounding', votes: loss },
  ].filter((piece) => Number(piece.votes) > 0)
}

function bar(
  shown: readonly Piece[],
  { round, row, scale }: { round: Round; row: number; scale: (votes: number) => number },
): Markup {
  const y = row * rowHeight
  let x = numberWidth
  return html`<text class="axis" x="0" y="${y + barHeight - 4}">${round.number}</text>${shown.map(
    ({ kind, name, votes }) => {
      const from = x
      const long = scale(Number(votes))
      x += long
      return html`<rect class="${kind} piece" x="${from.toFixed(2)}" y="${y}" width="${long.toFixed(2)}" height="${barHeight}"><title>${round.number}: ${name}: ${votes}</title></rect>`
    },
  )}`
}
