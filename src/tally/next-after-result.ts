import type { ElectionResultDocument } from '../report/result-schema.ts'

/** The command that a result calls for. */
export function nextAfterResult({ election, contests }: ElectionResultDocument): string {
  const { slug, uuid, status } = election
  if (status !== 'tallied') return `urna verify ${uuid}.bel`
  const outcomes = contests.map(({ tabulation }) => tabulation.outcome.kind)
  if (outcomes.includes('tied')) {
    return `urna tally run ${slug} --seed TEXT, with a seed drawn in public, or: urna runoff create ${slug}`
  }
  if (outcomes.includes('runoff')) return `urna runoff create ${slug}`
  return `urna export archive ${slug}; then anyone can: urna verify ${uuid}.bel`
}
