import { Flags } from '@oclif/core'
import { InvalidInput } from './refusals.ts'

export const keepDaysFlag = Flags.string({
  description:
    'For how many days who the voters were is kept, once an election is over; none for no limit, or for that of the organisation.',
  helpValue: 'DAYS',
})

/** A hundred years, in days. */
const longest = 36_500

/** @returns null for none; undefined where nothing was said @throws InvalidInput */
export function daysOfFlag(text: string | undefined): number | null | undefined {
  if (text === undefined) return undefined
  if (text === 'none') return null
  if (/^\d{1,5}$/.test(text) && Number(text) <= longest) return Number(text)
  throw new InvalidInput(
    `${text} is not a number of days, from 0 to ${longest}.`,
    {},
    'Write it like --keep-days 90, or --keep-days none.',
  )
}
