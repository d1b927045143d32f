import { z } from 'zod'
import { sameText } from '../organisation/same-text.ts'
import type { UnitTree } from '../organisation/unit-tree.ts'

const names = z.array(z.string().trim().min(1)).min(1).nullish()

/**
 * Who may vote in an election. Every condition that is given must hold; none given means every member. A list
 * matches without regard to case; null is the same as leaving it out.
 */
export const eligibilitySchema = z.strictObject({
  /** Short name of a unit of the organisation: its members, and those of the units below it. */
  unit: z.string().trim().min(1).nullish(),
  /** False leaves out the members who are of no chapter; without it they may vote. */
  without_chapter: z.boolean().nullish(),
  statuses: names,
  regions: names,
  chapters: names,
  districts: names,
  custom_field_match: z.strictObject({ key: z.string().trim().min(1), value: z.string().trim() }).nullish(),
  /** Only those whose `joined` date is this day or earlier; a member without that date is not eligible. */
  as_of: z.iso.date().nullish(),
})

export type Eligibility = z.infer<typeof eligibilitySchema>

/** The custom field that holds the day a member joined, as YYYY-MM-DD; the import reads and checks it. */
export const joinedField = 'joined'

export interface EligibilityFacts {
  status: string | null
  region: string | null
  chapter: string | null
  district: string | null
  custom: Readonly<Record<string, string>>
}

/**
 * Whether a member with these facts may vote.
 * @param units of the organisation
 */
export function isEligible(member: EligibilityFacts, filter: Eligibility, units: UnitTree): boolean {
  return (
    belongsTo(member, filter.unit, units) &&
    (filter.without_chapter !== false || hasChapter(member, units)) &&
    isOneOf(member.status, filter.statuses) &&
    isOneOf(member.region, filter.regions) &&
    isOneOf(member.chapter, filter.chapters) &&
    isOneOf(member.district, filter.districts) &&
    hasCustomValue(member, filter.custom_field_match) &&
    hadJoinedBy(member, filter.as_of)
  )
}

function belongsTo(member: EligibilityFacts, slug: string | null | undefined, units: UnitTree): boolean {
  if (slug === null || slug === undefined) return true
  const place = units.placeOf(member)
  return place !== undefined && units.pathOf(place).some((unit) => unit.slug === slug)
}

/** Where the organisation has chapters as units, it is one of those. */
export function hasChapter(member: Pick<EligibilityFacts, 'region' | 'chapter'>, units: UnitTree): boolean {
  if (!units.units.some(({ kind }) => kind === 'chapter')) return member.chapter !== null
  return units.placeOf(member)?.kind === 'chapter'
}

function isOneOf(value: string | null, allowed: readonly string[] | null | undefined): boolean {
  if (allowed === null || allowed === undefined) return true
  return value !== null && allowed.some((each) => isSame(each, value))
}

function hasCustomValue(member: EligibilityFacts, match: Eligibility['custom_field_match']): boolean {
  if (match === null || match === undefined) return true
  const key = Object.keys(member.custom).find((each) => isSame(each, match.key))
  return isSame((key === undefined ? undefined : member.custom[key]) ?? '', match.value)
}

function hadJoinedBy(member: EligibilityFacts, day: string | null | undefined): boolean {
  if (day === null || day === undefined) return true
  const joined = member.custom[joinedField]
  return joined !== undefined && joined <= day
}

/** Equal but for case and the way accents are encoded. */
function isSame(one: string, other: string): boolean {
  return one === other || sameText(one) === sameText(other)
}
