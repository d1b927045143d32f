import type { Draft, DraftOf } from './draft.ts'
import type { PageContest } from './paper.ts'

/** What every way of marking a contest works with. */
export interface ContestViewProps<Kind extends Draft['kind']> {
  readonly contest: PageContest
  readonly draft: DraftOf<Kind>
  readonly change: (draft: Draft) => void
  /** Says it to whoever listens to the page. */
  readonly announce: (text: string) => void
}

/** Where an error of the contest leads to. */
export function fieldId({ index }: PageContest): string {
  return `contest-${index + 1}`
}
