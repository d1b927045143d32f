/**
 * Puts values into the places of a template: `{title}`. A value is one line, whatever it holds: it can begin no
 * header and no paragraph of its own.
 * @throws RangeError for a place without a value
 */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_place, name: string) => {
    const value = values[name]
    if (value === undefined) throw new RangeError(`the template has a place {${name}} that nothing fills`)
    return oneLine(value)
  })
}

/** Without line ends, and without what would turn the writing of the words after it around. */
export function oneLine(value: string): string {
  return value
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
}

/** Anything that JSON can say. */
type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** The same for every text inside a JSON value, so that no value can add to its structure. */
export function fillStrings(template: Json, values: Readonly<Record<string, string>>): Json {
  if (typeof template === 'string') return fillTemplate(template, values)
  if (Array.isArray(template)) return template.map((each) => fillStrings(each, values))
  if (typeof template !== 'object' || template === null) return template
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, fillStrings(value, values)]))
}
