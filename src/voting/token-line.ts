import { reserveLabel } from './reserve.ts'

/** A voter as far as a token is handed out to one. */
export interface Addressee {
  number: string
  name: string
  email: string | null
  phone: string | null
}

/** Who gets a token: a voter, or nobody yet. */
export type Recipient<Holder extends Addressee = Addressee> =
  | { voter: Holder; proxy?: Representing }
  | { reserveNumber: number }

/** Whose vote is cast with a token that is handed to somebody else. */
export interface Representing {
  /** Of the proxy. */
  id: number
  /** Of the voter whose vote it is. */
  number: string
  name: string
  /** When the vote goes back, ISO 8601 in UTC; null for never. */
  expiresAt: string | null
}

/** What the file of tokens says of whom a token is for. */
export function lineOf(recipient: Recipient) {
  if (!('voter' in recipient)) {
    return { number: reserveLabel(recipient.reserveNumber), name: '', email: '', phone: '' }
  }
  const { number, name, email, phone } = recipient.voter
  return { number, name, email: email ?? '', phone: phone ?? '' }
}
