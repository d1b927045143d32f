import { isToken } from '../sealing/credential.ts'
import { TokenMalformed } from './refusals.ts'

/** How many letters and digits each part of a token has. */
const parts = [5, 6, 5, 6] as const
const letters = parts.reduce((sum, length) => sum + length, 0)

/**
 * A token as people type or paste it: spaces do no harm, and hyphens may be missing or of another kind.
 * @throws TokenMalformed which says where it goes wrong, never what was typed
 */
export function tokenOfText(text: string): string {
  const typed = Array.from(text.normalize('NFKC').replace(/[\s\p{Pd}\p{Cf}\u2212]/gu, ''))
  const wrong = typed.findIndex((letter) => !/^[1-9A-HJ-NP-Za-km-z]$/.test(letter))
  if (wrong >= 0 && wrong < letters) throw new TokenMalformed(placeOf(wrong))
  if (typed.length !== letters) throw new TokenMalformed({ length: typed.length })
  let start = 0
  const token = parts
    .map((length) => {
      start += length
      return typed.slice(start - length, start).join('')
    })
    .join('-')
  if (!isToken(token)) throw new RangeError('a token of the right letters has the wrong shape')
  return token
}

function placeOf(index: number): { part: number; character: number } {
  let before = 0
  for (const [part, length] of parts.entries()) {
    if (index < before + length) return { part: part + 1, character: index - before + 1 }
    before += length
  }
  throw new RangeError(`a token has no character ${index + 1}`)
}
