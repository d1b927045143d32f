import { reserveLabel } from './reserve.ts'

/** A voter as far as a token is handed out to one. */
export interface Addressee {
  number: string
  name: string
  email: string | null
  phone: string | null
}

/** Who gets a token: a voter, or nobody yet. */
export type Recipient<Holder extends Addressee = Addressee> = { voter: Holder } | { reserveNumber: number }

/** What the file of tokens says of whom a token is for. */
export function lineOf(recipient: Recipient) {
  if (!('voter' in recipient)) {
    return { number: reserveLabel(recipient.reserveNumber), name: '', email: '', phone: '' }
  }
  const { number, name, email, phone } = recipient.voter
  return { number, name, email: email ?? '', phone: phone ?? '' }
}
