import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

type Catalogue = Record<string, Record<string, string | Record<string, string>>>

const catalogueOf = (language: string) =>
  JSON.parse(
    readFileSync(new URL(`../../web/messages/${language}.json`, import.meta.url), 'utf8'),
  ) as Catalogue

/** Every message by `section.name`, with its forms. */
function messagesOf(language: string): Map<string, string[]> {
  const messages = new Map<string, string[]>()
  for (const [section, texts] of Object.entries(catalogueOf(language))) {
    for (const [name, text] of Object.entries(texts)) {
      messages.set(`${section}.${name}`, typeof text === 'string' ? [text] : Object.values(text))
    }
  }
  return messages
}

const placesOf = (forms: readonly string[]) =>
  [...new Set(forms.flatMap((form) => [...form.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)))].sort()

const english = messagesOf('en')

const sections = Object.keys(catalogueOf('en')).join('|')
const quotedKey = new RegExp(`(['"])((?:${sections})(?:\\.[a-z]\\w*)+)\\1`, 'gi')

/** The names of messages that stand in the sources of the pages. */
const named = new Set(
  globSync(`${import.meta.dirname}/../../web/**/*.{ts,tsx}`).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(quotedKey)].map(([, , key]) => key!),
  ),
)

test('every text is said by some page, and every text that a page says is there', () => {
  expect([...named].sort()).toEqual([...english.keys()].sort())
})

test.each(['es', 'fr'])('whoever reads %s finds every text, with every figure in it', (language) => {
  const translated = messagesOf(language)
  expect([...translated.keys()]).toEqual([...english.keys()])
  for (const [key, forms] of english) {
    expect([key, placesOf(translated.get(key)!)]).toEqual([key, placesOf(forms)])
  }
})

test.each(['en', 'es', 'fr'])('no text of %s is empty, and what counts has a form for many', (language) => {
  for (const [section, texts] of Object.entries(catalogueOf(language))) {
    for (const [name, text] of Object.entries(texts)) {
      const where = `${section}.${name}`
      const forms = typeof text === 'string' ? { other: text } : text
      expect([where, Object.keys(forms)]).toEqual([where, expect.arrayContaining(['other'])])
      for (const form of Object.values(forms)) expect([where, form.trim()]).not.toEqual([where, ''])
    }
  }
})
