import { useState } from 'preact/hooks'
import { message } from '../shared/messages.ts'
import { blankName, choiceName, instruction } from './contest-text.ts'
import { type ContestViewProps, fieldId } from './contest-view.ts'
import { type Choice, type DraftOf, toggle } from './draft.ts'
import { OptionLabel, OptionStatement } from './option-label.tsx'

/** Choose one, several or any number: radio buttons where only one can be chosen, boxes to tick elsewhere. */
export function SelectionContest({ contest, draft, change, announce }: ContestViewProps<'options'>) {
  const { rules, options } = contest
  const single = rules.style !== 'score' && rules.style !== 'grade' && rules.max === 1
  const [taken, setTaken] = useState<{ before: DraftOf<'options'>; text: string }>()

  function choose(choice: Choice): void {
    const { draft: changed, dropped } = single
      ? { draft: { ...draft, chosen: [choice] }, dropped: [] }
      : toggle(draft, choice, rules)
    change(changed)
    const names = dropped.map((each) => choiceName(contest, each)).join(', ')
    const text = message('vote.takenAway', { name: choiceName(contest, choice), names })
    setTaken(dropped.length === 0 ? undefined : { before: draft, text })
  }

  function undo(): void {
    if (taken === undefined) return
    change(taken.before)
    setTaken(undefined)
    announce(message('vote.undone'))
    document.getElementById(fieldId(contest))?.focus()
  }

  const id = (choice: Choice) => `${fieldId(contest)}-${choice}`
  const input = (choice: Choice) => (
    <input
      id={id(choice)}
      type={single ? 'radio' : 'checkbox'}
      name={`${fieldId(contest)}-choice`}
      value={String(choice)}
      checked={draft.chosen.includes(choice)}
      onChange={() => choose(choice)}
    />
  )
  return (
    <>
      <fieldset id={fieldId(contest)} tabIndex={-1}>
        <legend>{instruction(contest)}</legend>
        {options.map((option) => (
          <div class="option" key={option.index}>
            <label for={id(option.index)}>
              {input(option.index)}
              <OptionLabel option={option} />
            </label>
            <OptionStatement option={option} />
          </div>
        ))}
        {'writeIn' in rules && rules.writeIn && (
          <div class="option">
            <label for={id('write-in')}>
              {input('write-in')}
              <span class="who">{message('vote.writeIn')}</span>
            </label>
            {draft.chosen.includes('write-in') && (
              <label class="written">
                {message('vote.writeIn.name')}{' '}
                <input
                  type="text"
                  value={draft.written}
                  autocomplete="off"
                  spellcheck={false}
                  onInput={(event) => change({ ...draft, written: event.currentTarget.value })}
                />
              </label>
            )}
          </div>
        )}
        {rules.blank && (
          <div class="option apart">
            <label for={id('blank')}>
              {input('blank')}
              <span class="who">{blankName(contest)}</span>
            </label>
          </div>
        )}
      </fieldset>
      {single && draft.chosen.length > 0 && (
        <button type="button" class="quiet" onClick={() => change({ ...draft, chosen: [] })}>
          {message('vote.clear')}
        </button>
      )}
      <div role="status">
        {taken !== undefined && (
          <p class="notice">
            {taken.text}{' '}
            <button type="button" class="quiet" onClick={undo}>
              {message('vote.undo')}
            </button>
          </p>
        )}
      </div>
    </>
  )
}
