import { hash } from 'node:crypto'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import { memberPages } from './imported-numbers.ts'

/** Keys by which two members may be the same person though their numbers differ. */
export const duplicateKeys = ['email', 'phone', 'name'] as const
export type DuplicateKey = (typeof duplicateKeys)[number]

/** Members that share something; one of them at least was in the CSV. */
export interface DuplicateGroup {
  value: string
  /** Numbers of the members, at most `membersShown`. */
  numbers: string[]
}

export interface PossibleDuplicates {
  /** How many groups there are. */
  count: number
  /** The first of them. */
  groups: DuplicateGroup[]
}

interface Keys {
  name: string
  email: string | null
  phone: string | null
}

const groupsShown = 5
const membersShown = 5

/** Collects what an import sees, eight bytes a key, and finds afterwards what occurs more than once. */
export class DuplicateSearch {
  readonly #imported: Readonly<Record<DuplicateKey, number[]>> = { email: [], phone: [], name: [] }

  add(member: Keys): void {
    for (const key of duplicateKeys) {
      const text = keyText(member, key)
      if (text !== undefined) this.#imported[key].push(fingerprint(text))
    }
  }

  /** @param among.othersExist whether there are members that the import did not name */
  async finish(
    tx: ReadTransaction,
    among: { organisationId: number; othersExist: boolean },
  ): Promise<Record<DuplicateKey, PossibleDuplicates>> {
    const imported = mapKeys((key) => Float64Array.from(this.#imported[key]).sort())
    const found = mapKeys((key) => repeated(imported[key]))
    const { organisationId, othersExist } = among
    if (othersExist) await addRepeatedElsewhere(tx, organisationId, { imported, found })
    return describe(tx, organisationId, found)
  }
}

function mapKeys<Value>(of: (key: DuplicateKey) => Value): Record<DuplicateKey, Value> {
  return { email: of('email'), phone: of('phone'), name: of('name') }
}

/** What is compared: a name without case, accents and punctuation. */
function keyText(member: Keys, key: DuplicateKey): string | undefined {
  if (key !== 'name') return member[key] ?? undefined
  const name = member.name.toLowerCase()
  return /^[a-z ]+$/.test(name) ? name : name.normalize('NFKD').replace(/[^\p{L}\p{N} ]/gu, '')
}

/** 48 bits of SHA-256: of a million members, one in five hundred imports would see a pair that is none. */
function fingerprint(text: string): number {
  return Number.parseInt(hash('sha256', text, 'hex').slice(0, 12), 16)
}

function repeated(sorted: Float64Array): Set<number> {
  const found = new Set<number>()
  for (let at = 1; at < sorted.length; at += 1) {
    const value = sorted[at] as number
    if (value === sorted[at - 1]) found.add(value)
  }
  return found
}

async function addRepeatedElsewhere(
  tx: ReadTransaction,
  organisationId: number,
  keys: { imported: Record<DuplicateKey, Float64Array>; found: Record<DuplicateKey, Set<number>> },
): Promise<void> {
  const { imported, found } = keys
  for await (const page of memberPages(tx, organisationId, 'not imported')) {
    for (const member of page) {
      for (const key of duplicateKeys) {
        const text = keyText(member, key)
        const value = text === undefined ? undefined : fingerprint(text)
        if (value !== undefined && includes(imported[key], value)) found[key].add(value)
      }
    }
  }
}

function includes(sorted: Float64Array, value: number): boolean {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return sorted[low] === value
}

async function describe(
  tx: ReadTransaction,
  organisationId: number,
  found: Record<DuplicateKey, Set<number>>,
): Promise<Record<DuplicateKey, PossibleDuplicates>> {
  const shown = mapKeys(
    (key) => new Map([...found[key]].slice(0, groupsShown).map((each) => [each, group()])),
  )
  if (duplicateKeys.some((key) => shown[key].size > 0)) {
    for await (const page of memberPages(tx, organisationId, 'everybody')) {
      for (const member of page) for (const key of duplicateKeys) note(shown[key], member, key)
    }
  }
  return mapKeys((key) => ({ count: found[key].size, groups: [...shown[key].values()] }))
}

const group = (): DuplicateGroup => ({ value: '', numbers: [] })

function note(
  shown: Map<number, DuplicateGroup>,
  member: Keys & { number: string },
  key: DuplicateKey,
): void {
  const text = shown.size === 0 ? undefined : keyText(member, key)
  const same = text === undefined ? undefined : shown.get(fingerprint(text))
  if (same === undefined) return
  if (same.numbers.length === 0) same.value = member[key] ?? ''
  if (same.numbers.length < membersShown) same.numbers.push(member.number)
}
