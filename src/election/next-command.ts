import { assertNever } from '../errors.ts'
import type { Election } from './find-election.ts'
import { blocking, type Finding } from './readiness.ts'

/** What an officer does next with an election, as a command. */
export function nextCommand(
  { slug, status, rehearsal }: Pick<Election, 'slug' | 'status' | 'rehearsal'>,
  known: { findings: readonly Finding[]; runoff: boolean },
): string {
  switch (status) {
    case 'draft':
      return blocking(known.findings)[0]?.command ?? `urna election open ${slug}`
    case 'open':
      return `urna election close ${slug} --confirm ${slug}`
    case 'paused':
      return `urna election open ${slug}`
    case 'closed':
      return `urna tally run ${slug}`
    case 'tallied':
      if (known.runoff) return `urna runoff create ${slug}`
      return rehearsal === 1
        ? `urna export archive ${slug}`
        : `urna election certify ${slug} --key NAME.officer.private.json`
    case 'certified':
      return `urna export archive ${slug}`
    case 'archived':
      return `urna export archive ${slug}`
    case 'cancelled':
      return 'urna election list'
    default:
      return assertNever(status)
  }
}
