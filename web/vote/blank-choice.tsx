import { message } from '../shared/messages.ts'
import { blankName, draftLines } from './contest-text.ts'
import type { ContestViewProps } from './contest-view.ts'
import { countMarked, type Draft } from './draft.ts'

/**
 * A blank ballot where options are ranked or marked. What was marked stays on the page, out of use, and comes back
 * when the box is unticked.
 */
export function BlankChoice({
  contest,
  draft,
  change,
  announce,
}: ContestViewProps<Exclude<Draft['kind'], 'options'>>) {
  if (!contest.rules.blank) return null
  const name = blankName(contest)
  const set = (blank: boolean) => {
    change({ ...draft, blank })
    if (countMarked(draft) > 0) announce(message(blank ? 'vote.blank.instead' : 'vote.blank.back', { name }))
  }
  return (
    <div class="option apart">
      <label>
        <input type="checkbox" checked={draft.blank} onChange={(event) => set(event.currentTarget.checked)} />
        <span class="who">{name}</span>
      </label>
      {draft.blank && countMarked(draft) > 0 && (
        <p class="notice">
          {message('vote.blank.instead', { name })}{' '}
          {draftLines(contest, { ...draft, blank: false }).join(', ')}
        </p>
      )}
    </div>
  )
}
