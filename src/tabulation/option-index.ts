/** Position of an option on the ballot, from 0. */
export type OptionIndex = number
