import { toCommonScale } from '../../tabulation/decimal.ts'
import type { OptionIndex } from '../../tabulation/option-index.ts'
import type { PairwiseComparison } from '../../tabulation/tabulation.ts'
import { html, type Markup } from './markup.ts'

/** With more options than this the columns are headed by numbers, which stand before the names of the rows. */
const mostNamedColumns = 10

interface PairwisePlace {
  readonly options: readonly string[]
  /** The options from top to bottom. */
  readonly order: readonly OptionIndex[]
  /** Begins the ids of its elements. */
  readonly ids: string
}

/** Who is preferred to whom: in each row, the ballots that prefer the row's option to the column's. */
export function pairwiseTable({ votes }: PairwiseComparison, { options, order, ids }: PairwisePlace): Markup {
  const numbered = order.length > mostNamedColumns
  const columnHead = (option: OptionIndex, position: number) =>
    numbered ? html`<abbr title="${options[option]}">${position + 1}</abbr>` : options[option]
  const rowHead = (option: OptionIndex, position: number) =>
    numbered ? `${position + 1} ${options[option]}` : options[option]
  return html`<p id="${ids}pairs-text">Ballots that prefer the option of the row to the option of the column: ▲ more than prefer the other, ▽ fewer, = as many.</p>
<div class="scroll" tabindex="0" role="group" aria-label="Comparison in pairs"><table class="pairs" aria-describedby="${ids}pairs-text">
<thead><tr><th scope="col">Preferred</th>${order.map((option, position) => html`<th scope="col">${columnHead(option, position)}</th>`)}</tr></thead>
<tbody>
${order.map(
  (option, position) =>
    html`<tr><th scope="row">${rowHead(option, position)}</th>${order.map((other) =>
      option === other
        ? html`<td class="self"></td>`
        : cell(votes[option]?.[other] ?? '0', votes[other]?.[option] ?? '0'),
    )}</tr>`,
)}
</tbody></table></div>`
}

function cell(votes: string, against: string): Markup {
  const [mine, theirs] = toCommonScale([votes, against]).units as [bigint, bigint]
  if (mine === theirs) return html`<td>${votes} =</td>`
  return mine > theirs ? html`<td class="more">${votes} ▲</td>` : html`<td class="fewer">${votes} ▽</td>`
}
