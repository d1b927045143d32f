import { message } from '../shared/messages.ts'
import { BlankChoice } from './blank-choice.tsx'
import { gradesOf, instruction } from './contest-text.ts'
import { type ContestViewProps, fieldId } from './contest-view.ts'
import { MarkRow } from './mark-row.tsx'
import { OptionStatement } from './option-label.tsx'

/** A grade for each option, in words, the best first. */
export function GradeContest(props: ContestViewProps<'grades'>) {
  const { contest, draft, change } = props
  const grades = gradesOf(contest).map((text, value) => ({ value, text }))
  const marks = [...grades.reverse(), { value: null, text: message('vote.grade.none') }]
  return (
    <fieldset id={fieldId(contest)} tabIndex={-1}>
      <legend>{instruction(contest)}</legend>
      {contest.options.map((option) => (
        <div class="option" key={option.index}>
          <MarkRow
            {...{ contest, option, marks, disabled: draft.blank }}
            mark={draft.grades[option.index] ?? null}
            give={(grade) =>
              change({
                ...draft,
                grades: draft.grades.map((each, index) => (index === option.index ? grade : each)),
              })
            }
          />
          <OptionStatement option={option} />
        </div>
      ))}
      <BlankChoice {...props} />
    </fieldset>
  )
}
