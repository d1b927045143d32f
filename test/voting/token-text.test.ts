import { expect, test } from 'vitest'
import { tokenOfText } from '../../src/voting/token-text.ts'

const token = 'a1B2c-D3e4F5-g6H7j-K8m9Np'

test.each([
  ['as it is printed', token],
  ['with a line end', `${token}\n`],
  ['without hyphens', 'a1B2cD3e4F5g6H7jK8m9Np'],
  ['with spaces for hyphens', 'a1B2c D3e4F5 g6H7j K8m9Np'],
  ['with the dashes of a word processor', token.replaceAll('-', '–')],
  ['with an invisible mark of a mail program', `\ufeff${token}\u200b`],
])('a token is understood %s', (_, text) => {
  expect(tokenOfText(text)).toBe(token)
})

test.each([
  ['a zero in the first part', 'a0B2c-D3e4F5-g6H7j-K8m9Np', { part: 1, character: 2 }],
  ['a small l in the last part', 'a1B2c-D3e4F5-g6H7j-K8m9Nl', { part: 4, character: 6 }],
  ['a letter too few', 'a1B2c-D3e4F5-g6H7j-K8m9N', { length: 21 }],
  ['nothing', '', { length: 0 }],
  ['a whole sentence', `${token} is my token`, { length: 31 }],
])('of %s it is said where it goes wrong, and not what was typed', (_, text, details) => {
  let refusal: unknown
  try {
    tokenOfText(text)
  } catch (error) {
    refusal = error
  }
  expect(refusal).toMatchObject({ code: 'token-malformed', details })
  const said = JSON.stringify([(refusal as Error).message, (refusal as { details: unknown }).details])
  expect(text.length < 5 || said.includes(text.slice(0, 5))).toBe(text.length < 5)
})
