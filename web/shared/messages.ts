import { useEffect, useState } from 'preact/hooks'
import en from '../messages/en.json' with { type: 'json' }
import es from '../messages/es.json' with { type: 'json' }
import fr from '../messages/fr.json' with { type: 'json' }

const catalogues = { en, es, fr }

export type Language = keyof typeof catalogues

/** With the name that each has for itself. */
export const languages: Readonly<Record<Language, string>> = { en: 'English', es: 'Español', fr: 'Français' }

type Sections = typeof en
/** `section.name`, as in the message files: `shared.retry`, `vote.token.title`. Always written whole, so that what nobody uses is found. */
export type MessageKey = {
  [Section in keyof Sections]: `${Section}.${keyof Sections[Section] & string}`
}[keyof Sections]

/** What stands in the places `{name}` of a message; numbers are written as the language does. */
export type MessageValues = Readonly<Record<string, string | number>>

/** The forms of a message that counts, by plural category; which one is taken depends on the value `count`. */
type Message = string | (Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string })

let current: Language = preferred()
const listeners = new Set<() => void>()

/** The first language of the browser's that there is a message file for. */
function preferred(): Language {
  const wanted = typeof navigator === 'undefined' ? [] : navigator.languages
  const codes = wanted.map((tag) => tag.split('-')[0]!.toLowerCase())
  return codes.find((code): code is Language => Object.hasOwn(catalogues, code)) ?? 'en'
}

/** The language of the page. Kept nowhere: the next visit begins with the browser's again. */
export function language(): Language {
  return current
}

export function setLanguage(chosen: Language): void {
  current = chosen
  for (const listen of listeners) listen()
}

/** For the root of a page: draws it anew when the language changes, and says it in `lang`. */
export function useLanguage(): Language {
  const [shown, show] = useState(current)
  useEffect(() => {
    const listen = () => show(current)
    listeners.add(listen)
    return () => void listeners.delete(listen)
  }, [])
  useEffect(() => {
    document.documentElement.lang = shown
  }, [shown])
  return shown
}

/** The text of a message in the language of the page. */
export function message(key: MessageKey, values: MessageValues = {}): string {
  const dot = key.indexOf('.')
  const section = catalogues[current][key.slice(0, dot) as keyof Sections] as Readonly<
    Record<string, Message>
  >
  return formatMessage(section[key.slice(dot + 1)] ?? key, values, current)
}

export function formatMessage(text: Message, values: MessageValues, spoken: Language): string {
  const form = typeof text === 'string' ? text : pluralForm(text, Number(values.count), spoken)
  return form.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name]
    if (value === undefined) return place
    return typeof value === 'number' ? new Intl.NumberFormat(spoken).format(value) : value
  })
}

function pluralForm(forms: Exclude<Message, string>, count: number, spoken: Language): string {
  return forms[new Intl.PluralRules(spoken).select(count)] ?? forms.other
}

export function formatNumber(value: number, options: Intl.NumberFormatOptions = {}): string {
  return new Intl.NumberFormat(current, options).format(value)
}

/**
 * A moment as the clocks of the election show it, with the name of their zone.
 * @param iso in UTC
 * @param zone such as `Europe/Madrid`
 */
export function formatMoment(iso: string, zone: string): string {
  return new Intl.DateTimeFormat(current, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: zone,
    timeZoneName: 'short',
  }).format(new Date(iso))
}

/** The same in few words, where a day of this year is meant and the zone is known: in a table. */
export function formatShortMoment(iso: string, zone: string): string {
  return new Intl.DateTimeFormat(current, {
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: zone,
  }).format(new Date(iso))
}
