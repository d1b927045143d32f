import type { ElectionConfig } from '../election/config-schema.ts'
import type { ElectionDraft } from '../election/create-election.ts'
import { given } from '../given.ts'
import { type FilterFlags, filterOf, type RightsFlags, rightsOfFlags } from './election-flags.ts'
import { daysOfFlag } from './keep-days-flag.ts'
import { InvalidInput } from './refusals.ts'
import { systemZone } from './system-zone.ts'

export interface DescribedElection {
  draft: ElectionDraft
  /** People named in the file, who are still to hand in their keys. */
  trustees: readonly string[]
}

/** What `election create` is told. */
export interface ElectionFlags extends FilterFlags, RightsFlags {
  from?: string | undefined
  title?: string | undefined
  description?: string | undefined
  zone?: string | undefined
  opens?: string | undefined
  closes?: string | undefined
  recast: ElectionDraft['recast']
  code: ElectionDraft['code']
  visibility: ElectionDraft['visibility']
  'allow-invalid': boolean
  'live-voting': boolean
  rehearsal: boolean
  'keep-days'?: string | undefined
}

/**
 * The election that is to be made: from the file that describes it, from the flags, or, without a title, by asking.
 * @param slug the short name that was given, before that of a file
 */
export async function describeElection(
  flags: ElectionFlags,
  slug: string | undefined,
): Promise<DescribedElection> {
  if (flags.from !== undefined) {
    const { readConfigFile } = await import('./config-file.ts')
    const { draft: read, trustees } = await readConfigFile(flags.from)
    const draft = flags.rehearsal ? { ...read, rehearsal: true } : read
    return { draft: slug === undefined ? draft : await named(draft, slug), trustees }
  }
  const [{ draftOfFields }, { askElection }] = await Promise.all([
    import('../election/draft-of-fields.ts'),
    import('./election-wizard.ts'),
  ])
  const config =
    flags.title === undefined
      ? await askElection({ zone: flags.zone ?? systemZone() })
      : configOfFlags(flags.title, flags)
  return {
    draft: draftOfFields(
      { ...config, ...(slug !== undefined && { slug }), ...(flags.rehearsal && { rehearsal: true }) },
      systemZone(),
    ),
    trustees: [],
  }
}

async function named(draft: ElectionDraft, slug: string): Promise<ElectionDraft> {
  const { slugPattern } = await import('../election/slug.ts')
  if (slugPattern.test(slug)) return { ...draft, slug }
  throw new InvalidInput(
    `${slug} can't be a short name: it is made of lower-case letters, figures and hyphens, like board-2026.`,
  )
}

function configOfFlags(title: string, flags: ElectionFlags): ElectionConfig {
  const { description, zone, opens, closes, recast, code, visibility } = flags
  return {
    title,
    recast,
    code,
    visibility,
    allow_invalid: flags['allow-invalid'],
    live_voting: flags['live-voting'],
    ...rightsOfFlags(flags),
    ...given({ description, zone, opens, closes, keep_days: daysOfFlag(flags['keep-days']) }),
    eligibility: filterOf(flags),
  }
}
