import { type Language, language, languages, message, setLanguage } from './messages.ts'

/** Lets the reader choose the language of the page. */
export function LanguageChoice() {
  return (
    <label class="language">
      <span>{message('shared.language')}</span>{' '}
      <select
        value={language()}
        onChange={(event) => setLanguage(event.currentTarget.value as Language)}
        autocomplete="off"
      >
        {Object.entries(languages).map(([code, name]) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
