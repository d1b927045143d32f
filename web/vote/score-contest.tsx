import { message } from '../shared/messages.ts'
import { BlankChoice } from './blank-choice.tsx'
import { instruction } from './contest-text.ts'
import { type ContestViewProps, fieldId } from './contest-view.ts'
import { MarkRow } from './mark-row.tsx'
import { OptionLabel, OptionStatement } from './option-label.tsx'

/** Up to this score there is a button for each; above, numbers are typed. */
const mostButtons = 10

/** A score for each option. */
export function ScoreContest(props: ContestViewProps<'scores'>) {
  const { contest, draft, change } = props
  const highest = contest.rules.style === 'score' ? contest.rules.highest : 0
  const scores = Array.from({ length: highest + 1 }, (_, score) => ({ value: score, text: String(score) }))
  const give = (option: number, score: number | null) =>
    change({ ...draft, scores: draft.scores.map((each, index) => (index === option ? score : each)) })
  return (
    <fieldset id={fieldId(contest)} tabIndex={-1}>
      <legend>{instruction(contest)}</legend>
      {contest.options.map((option) => (
        <div class="option" key={option.index}>
          {highest <= mostButtons ? (
            <MarkRow
              {...{ contest, option, marks: scores, disabled: draft.blank }}
              mark={draft.scores[option.index] ?? null}
              give={(score) => give(option.index, score)}
            />
          ) : (
            <label class="number">
              <OptionLabel option={option} />
              <span class="hidden">{message('vote.score.range', { highest })}</span>
              <input
                type="number"
                inputMode="numeric"
                min="0"
                max={highest}
                step="1"
                disabled={draft.blank}
                value={shownScore(draft.scores[option.index] ?? null)}
                onInput={({ currentTarget: { value, validity } }) =>
                  // What is no number stays to be seen, and is refused: it must not become none.
                  give(option.index, validity.badInput ? Number.NaN : value === '' ? null : Number(value))
                }
              />
            </label>
          )}
          <OptionStatement option={option} />
        </div>
      ))}
      <BlankChoice {...props} />
    </fieldset>
  )
}

function shownScore(score: number | null): number | string | undefined {
  // Undefined leaves in the field what the voter typed.
  return Number.isNaN(score) ? undefined : (score ?? '')
}
