import { byteSlots, selectionSlots } from './room.ts'
import type { SelectionRules } from './rules.ts'
import type { BallotFault, Selections } from './selections.ts'

/**
 * Selections in the 30 byte slots of a ballot that is opened by itself: the selected options, as
 * `selectionSlots` says, most significant byte first (the first option is the lowest bit, or the number 1), then
 * the name that is written in as UTF-8, then zeros. One ballot is packed in one way only: what is read from other
 * bytes is no ballot.
 */
export function packSelections(
  { options, writeIn = '' }: Extract<Selections, { kind: 'options' }>,
  rules: SelectionRules,
  optionCount: number,
): number[] {
  const head =
    rules.max === 1
      ? BigInt((options[0] ?? -1) + 1)
      : options.reduce((mask, option) => mask | (1n << BigInt(option)), 0n)
  const slots = selectionSlots(rules, optionCount)
  const name = new TextEncoder().encode(writeIn)
  const padding = new Array<number>(byteSlots - slots - name.length).fill(0)
  return [...Array.from({ length: slots }, (_, slot) => byteAt(head, slots - 1 - slot)), ...name, ...padding]
}

/** @param bytes 30 of them, not all zero */
export function unpackSelections(
  bytes: readonly number[],
  rules: SelectionRules,
  optionCount: number,
): Selections | BallotFault {
  const slots = selectionSlots(rules, optionCount)
  const head = bytes.slice(0, slots).reduce((number, byte) => (number << 8n) | BigInt(byte), 0n)
  const options = rules.max === 1 ? numbered(head) : marked(head)
  const written = bytes.slice(slots)
  const length = written.findLastIndex((byte) => byte !== 0) + 1
  if (length === 0) return { kind: 'options', options }
  const name = utf8(written.slice(0, length))
  return name === undefined
    ? { code: 'unreadable', why: 'text' }
    : { kind: 'options', options, writeIn: name }
}

/** The option with that number from 1; none for 0. */
function numbered(number: bigint): number[] {
  return number === 0n ? [] : [Number(number) - 1]
}

function marked(mask: bigint): number[] {
  return Array.from({ length: 8 * byteSlots }, (_, option) => option).filter(
    (option) => (mask >> BigInt(option)) & 1n,
  )
}

function byteAt(number: bigint, place: number): number {
  return Number((number >> BigInt(8 * place)) & 0xffn)
}

function utf8(bytes: readonly number[]): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes))
  } catch {
    return undefined
  }
}
