import { fieldId } from './contest-view.ts'
import { OptionLabel } from './option-label.tsx'
import type { PageContest, PaperOption } from './paper.ts'

interface MarkRowProps {
  readonly contest: PageContest
  readonly option: PaperOption
  readonly marks: readonly { readonly value: number | null; readonly text: string }[]
  readonly mark: number | null
  readonly disabled: boolean
  readonly give: (mark: number | null) => void
}

/** One option with a button for each mark that it can get. */
export function MarkRow({ contest, option, marks, mark, disabled, give }: MarkRowProps) {
  return (
    <fieldset class="marks" disabled={disabled}>
      <legend>
        <OptionLabel option={option} />
      </legend>
      <div>
        {marks.map(({ value, text }) => (
          <label key={text}>
            <input
              type="radio"
              name={`${fieldId(contest)}-${option.index}`}
              value={String(value)}
              checked={mark === value}
              onChange={() => give(value)}
            />
            <span class={value === null ? 'none' : ''}>{text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
