import { sankey, sankeyLinkHorizontal } from 'd3-sankey'
import type { Tabulation } from '../../tabulation/tabulation.ts'
import { html, type Markup } from './markup.ts'
import { colourIn } from './option-order.ts'
import { type Flow, type Holder, transferFlow } from './transfer-flow.ts'

/** The page's width in pixels, which a chart of few rounds fills and one of many goes beyond. */
const pageWidth = 1120
const columns = { narrowest: 84, widest: 180 }
const nodeWidth = 10
const rowHeight = 30
const margin = { top: 26, right: 150, bottom: 8, left: 150 }

interface NodeFacts {
  readonly id: string
  readonly round: number
  readonly holder: Holder
}

interface LinkFacts {
  readonly holder: Holder
}

/**
 * How votes went from option to option, round after round: a column for each round, a band for votes that
 * stay or move. Nothing where the rounds don't say.
 * @param order the options from top to bottom
 * @param ids begins the ids of its elements
 */
export function sankeyChart(
  tabulation: Tabulation,
  order: readonly number[],
  ids: string,
): Markup | undefined {
  const flows = transferFlow(tabulation)
  if (flows === undefined) return undefined
  const { options, rounds } = tabulation
  const holders: Holder[] = [...order, 'exhausted', 'lost']
  const shown = holders.filter((holder) => flows.some(({ from, to }) => from === holder || to === holder))
  const around = margin.left + margin.right + nodeWidth
  const column = (pageWidth - around) / (rounds.length - 1)
  const width = around + Math.min(columns.widest, Math.max(columns.narrowest, column)) * (rounds.length - 1)
  const height = margin.top + margin.bottom + Math.max(240, rowHeight * shown.length)
  const { nodes, links } = layOut({ flows, holders, width, height })
  const colourOf = (holder: Holder) => (typeof holder === 'number' ? colourIn(order, holder) : 'nobody')
  const name = (holder: Holder) =>
    typeof holder === 'number' ? options[holder]! : holder === 'lost' ? 'Lost by rounding' : 'Exhausted'
  const path = sankeyLinkHorizontal<NodeFacts, LinkFacts>()
  const first = Math.min(...nodes.map(({ round }) => round))
  const last = Math.max(...nodes.map(({ round }) => round))
  const chart = html`<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${ids}flow-title ${ids}flow-text">
<title id="${ids}flow-title">How votes went from round to round</title>
<desc id="${ids}flow-text">A column for each of ${rounds.length} rounds. The same figures stand in the count sheet and under “Round by round”.</desc>
${Array.from({ length: last - first + 1 }, (_, column) => {
  const x = nodes.find(({ round }) => round === first + column)?.x0 ?? 0
  return html`<text class="axis" x="${x}" y="14">${rounds[first + column]!.number}</text>`
})}
<g fill="none">${links.map((link) => {
    const from = link.source as NodeFacts
    const to = link.target as NodeFacts
    const moved = from.holder === to.holder ? '' : ' moved'
    return html`<path class="band ${colourOf(from.holder)}${moved}" d="${path(link) ?? ''}" stroke-width="${Math.max(0.75, link.width ?? 0).toFixed(2)}"><title>${rounds[to.round]!.number}: ${name(from.holder)} → ${name(to.holder)}: ${rounded(link.value)}</title></path>`
  })}</g>
${nodes.map((node) => {
  const { holder, round, value = 0, x0 = 0, x1 = 0, y0 = 0, y1 = 0 } = node
  const label = (x: number, anchor: 'start' | 'end') =>
    html`<text class="label" x="${x.toFixed(1)}" y="${((y0 + y1) / 2).toFixed(1)}" dy="0.32em" text-anchor="${anchor}">${shortened(name(holder))}</text>`
  return html`<rect class="${colourOf(holder)}" x="${x0.toFixed(1)}" y="${y0.toFixed(1)}" width="${x1 - x0}" height="${Math.max(1, y1 - y0).toFixed(1)}"><title>${rounds[round]!.number}: ${name(holder)}: ${rounded(value)}</title></rect>${
    round === first && label(x0 - 5, 'end')
  }${endsHere(holder, round, flows, last) && label(x1 + 5, 'start')}`
})}
</svg>`
  return chart
}

function layOut(drawing: {
  readonly flows: readonly Flow[]
  readonly holders: readonly Holder[]
  readonly width: number
  readonly height: number
}) {
  const { flows, holders, width, height } = drawing
  const nodes = new Map<string, NodeFacts>()
  const nodeOf = (round: number, holder: Holder) => {
    const id = `${round} ${holder}`
    nodes.set(id, { id, round, holder })
    return id
  }
  const links = flows.map(({ round, from, to, votes }) => ({
    source: nodeOf(round, from),
    target: nodeOf(round + 1, to),
    value: votes,
    holder: from,
  }))
  const place = new Map(holders.map((holder, position) => [holder, position]))
  const layout = sankey<NodeFacts, LinkFacts>()
    .nodeId(({ id }) => id)
    .nodeAlign(({ round }) => round)
    .nodeSort((a, b) => place.get(a.holder)! - place.get(b.holder)!)
    .nodeWidth(nodeWidth)
    .nodePadding(12)
    .extent([
      [margin.left, margin.top],
      [width - margin.right, height - margin.bottom],
    ])
  return layout({ nodes: [...nodes.values()], links })
}

/** Whether the name of a holder stands beside its node in this round: where its band ends. */
function endsHere(holder: Holder, round: number, flows: readonly Flow[], last: number): boolean {
  if (round === last) return true
  return !flows.some((flow) => flow.round === round && flow.from === holder && flow.to === holder)
}

function shortened(name: string): string {
  const letters = [...name]
  return letters.length > 18 ? `${letters.slice(0, 17).join('')}…` : name
}

function rounded(votes: number): string {
  return String(Number(votes.toFixed(5)))
}
