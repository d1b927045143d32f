import { TokenMalformed } from '../../src/voting/refusals.ts'
import { tokenOfText } from '../../src/voting/token-text.ts'
import { message } from '../shared/messages.ts'
import { tokenOfLink } from './address-token.ts'

/** How many letters and digits a token has. */
const length = 22

export type TypedToken =
  | { readonly state: 'whole'; readonly token: string }
  /** @property missing how many letters and digits */
  | { readonly state: 'unfinished'; readonly missing: number }
  | { readonly state: 'wrong'; readonly text: string }

/** What is in the field of the token: the token, or the whole link with it. */
export function readTypedToken(text: string): TypedToken {
  try {
    return { state: 'whole', token: tokenOfText(tokenOfLink(text) || text) }
  } catch (error) {
    if (!(error instanceof TokenMalformed)) throw error
    const { length: typed, part, character } = error.details as Partial<Record<string, number>>
    if (typed === undefined) {
      return {
        state: 'wrong',
        text: message('vote.token.character', { part: part ?? 0, character: character ?? 0 }),
      }
    }
    if (typed < length) return { state: 'unfinished', missing: length - typed }
    return { state: 'wrong', text: message('vote.token.long', { count: typed }) }
  }
}
