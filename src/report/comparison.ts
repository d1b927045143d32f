import type { z } from 'zod'
import type { ComparedCount, CountReport } from './count-report.ts'
import type { comparisonSchema } from './count-schema.ts'
import { outcomeSentence } from './narrative.ts'

export type ComparisonJson = z.infer<typeof comparisonSchema>

/** Who is elected by which methods. @param counts of which one at least has counted */
export function comparisonJson(counts: readonly ComparedCount[]): ComparisonJson {
  const reports = counts.flatMap((count) => ('report' in count ? [count.report] : []))
  const [first] = reports as [CountReport]
  const { title, file, tabulation, seatsFrom, seed, warnings, version } = first
  const { options, statuses, seats } = tabulation
  const electing = options.map((_, option) =>
    reports.filter((report) => report.tabulation.statuses[option]!.kind === 'elected'),
  )
  const idsOf = (of: readonly CountReport[]) => of.map(({ method }) => method.id)
  const bySome = [...options.keys()].filter((option) => {
    const { length } = electing[option]!
    return length > 0 && length < reports.length
  })
  return {
    methods: counts.map(methodOutcome),
    electedByAll: options.filter((_, option) => electing[option]!.length === reports.length),
    electedBySome: Object.fromEntries(bySome.map((option) => [options[option]!, idsOf(electing[option]!)])),
    title,
    options: [...options],
    withdrawn: options.filter((_, option) => statuses[option]!.kind === 'withdrawn'),
    seats,
    seatsFrom,
    ...(seed !== undefined && { seed }),
    file: { name: file.name, format: file.format.id, sha256: file.sha256 },
    warnings: warnings.map((warning) => ({ ...warning })),
    remarks: remarksOf(reports),
    urna: version,
  }
}

function methodOutcome(count: ComparedCount): ComparisonJson['methods'][number] {
  const { method } = count
  const named = { method: method.id, methodTitle: method.title }
  if ('refused' in count) {
    return { ...named, outcome: 'refused', winners: [], rounds: 0, sentence: count.refused }
  }
  const { tabulation } = count.report
  const { options, outcome, rounds, seats } = tabulation
  const winners = tabulation.winners.map(({ option }) => options[option]!)
  return {
    ...named,
    outcome: outcome.kind,
    winners,
    rounds: rounds.length,
    sentence: outcomeSentence({ tabulation, winners, seats }),
  }
}

/** Those of all methods once; what one method alone says begins with its id. */
function remarksOf(reports: readonly CountReport[]): string[] {
  const all = [...new Set(reports.flatMap(({ remarks }) => remarks))]
  return all.map((remark) => {
    const saying = reports.filter(({ remarks }) => remarks.includes(remark))
    if (saying.length === reports.length) return remark
    return `${saying.map(({ method }) => method.id).join(', ')}: ${remark}`
  })
}
