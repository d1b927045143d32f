import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { methods } from '../tabulation/registry.ts'
import { type Change, changesBetween, type Fact } from './changes.ts'
import type { ContestConfig } from './config-schema.ts'
import { draftedContest } from './contest-draft.ts'
import { type Contest, noMaximum } from './contests.ts'
import { draftOfContest } from './draft-of-fields.ts'
import { contestConfigOf } from './export-config.ts'
import { findContest } from './find-contest.ts'
import { findElection, requireDraft } from './find-election.ts'
import { rewriteContest } from './insert-contest.ts'
import { rehearse } from './rehearse.ts'
import { sealedStyles } from './sealed-methods.ts'
import { formatThreshold, thresholdSchema } from './threshold.ts'

/** What is left out stays as it is. */
export type ContestChanges = Partial<
  Pick<
    ContestConfig,
    | 'title'
    | 'description'
    | 'method'
    | 'seats'
    | 'min'
    | 'max'
    | 'exact'
    | 'blank'
    | 'threshold'
    | 'grades'
    | 'write_in'
    | 'random_order'
  >
> & {
  /** An empty text takes it away. */
  blank_name?: string
  /** An empty text takes it away. */
  none?: string
}

export interface EditedContest {
  election: string
  /** Its number on the ballot, from 1. */
  position: number
  /** As it is now. */
  title: string
  changes: Change[]
}

/**
 * Describes a contest of a draft anew. Its candidates stay; with another method its rules are that method's.
 * @param input.contest title or number
 * @param input.rehearsal to see what would come of it
 * @throws WrongState, ContestNotFound, ContestInvalid, FieldsInvalid
 */
export async function editContest(
  work: UnitOfWork,
  input: { election: string | undefined; contest: string; changes: ContestChanges; rehearsal: boolean },
): Promise<EditedContest> {
  const play = async (tx: WriteTransaction) => {
    const election = await findElection(tx, input.election)
    requireDraft(election, 'change its contests')
    const contest = await findContest(tx, election, input.contest)
    const draft = draftOfContest(changedConfig(contestConfigOf(contest), input.changes), election.visibility)
    const changes = changesBetween(factsOfContest(contest), factsOfContest(draftedContest(draft)))
    if (changes.length > 0) {
      await rewriteContest(tx, contest, draft)
      await tx.record({
        action: 'contest-edited',
        election: election.slug,
        details: { title: contest.title, changes },
      })
    }
    return { election: election.slug, position: contest.position, title: draft.title, changes }
  }
  return input.rehearsal ? rehearse(work, 'edit contest', play) : work.write('edit contest', play)
}

/** Styles in which there is nothing to say of how many a voter selects. */
const unlimited: ReadonlySet<string> = new Set(['choice', 'score'])

function changedConfig(config: ContestConfig, changes: ContestChanges): ContestConfig {
  const { min, max, rules, grades, blank_name, none, ...kept } = config
  const { blank_name: blankName = blank_name, none: noneName = none, ...changed } = changes
  const { threshold: _threshold, ...otherRules } = rules ?? {}
  const method = changes.method ?? config.method
  const style = methods.find(({ id }) => id === method)?.style
  const limited = changes.exact === undefined && (style === undefined || !unlimited.has(sealedStyles[style]))
  const sameMethod = method === config.method
  return {
    ...kept,
    ...(limited && min !== undefined && { min }),
    ...(limited && max !== undefined && { max }),
    ...(sameMethod && rules && { rules: changes.threshold === undefined ? rules : otherRules }),
    ...(sameMethod && grades && { grades }),
    ...changed,
    ...(blankName && { blank_name: blankName }),
    ...(noneName && { none: noneName }),
  }
}

function factsOfContest(contest: Contest): Record<string, Fact> {
  const { title, description, method, seats, min_selections: min, max_selections: max, rules } = contest
  return {
    ...{ title, description, method, seats, min },
    max: max === noMaximum ? null : max,
    blank: contest.blank === 1,
    blankName: contest.blank_name,
    none: contest.options.find(({ role }) => role === 'none')?.name ?? null,
    grades: contest.grades,
    writeIn: contest.write_in === 1,
    randomOrder: contest.random_order === 1,
    ...Object.fromEntries(Object.entries(rules).map(([rule, value]) => [rule, factOfRule(value)])),
  }
}

function factOfRule(value: unknown): Fact {
  const threshold = thresholdSchema.safeParse(value)
  if (threshold.success) return formatThreshold(threshold.data)
  return Array.isArray(value) ? value.map(String) : String(value)
}
