import { textOfMoment } from '../election/zoned-time.ts'
import type { Insights } from '../report/insights/insight-schema.ts'
import { printable, terminalWidth } from './output.ts'
import { wrapText } from './wrap.ts'

type Insight = Insights['insights'][number]

const titles: Readonly<Record<Insight['kind'], string>> = {
  'turnout-prediction': 'Turnout against earlier elections',
  'casting-spikes': 'Hours that stand out',
  'irregular-units': 'Units with an irregular turnout',
  'turnout-drivers': 'Who voted more, and who less',
}

/** A title, then what was found, how, and what it does not say. @param zone in which hours are told */
export function insightLines(insight: Insight, zone: string): string[] {
  const hours =
    insight.kind === 'casting-spikes'
      ? insight.spikes.map(
          ({ from, votes, score }) =>
            `${textOfMoment(from, zone)} (${zone}), an hour: ${votes} votes, ${score} standard deviations above the median.`,
        )
      : []
  const { kind, sentence, method, caveat } = insight
  const lines = [sentence, ...hours, `Method: ${method}`, `Caveat: ${caveat}`]
  return [titles[kind], ...lines.flatMap((line) => wrapText(printable(line), terminalWidth()))]
}
