import { methods } from '../tabulation/registry.ts'
import { type PlacedDocument, readPlaced } from './config-places.ts'
import { fieldOf, problemsOfIssue } from './config-problems.ts'
import {
  type CandidateConfig,
  type ContestConfig,
  type ElectionConfig,
  electionConfigSchema,
} from './config-schema.ts'
import { type ContestDraft, contestFaults, type OptionDraft, option } from './contest-draft.ts'
import type { ElectionDraft } from './create-election.ts'
import { gatheredLists } from './lists.ts'
import { type ConfigProblem, ElectionConfigInvalid } from './refusals.ts'
import { rightsOfFields } from './rights.ts'
import { folded } from './spelling.ts'
import { parseThreshold } from './threshold.ts'
import { momentOfText, sentenceOfTimeFault } from './zoned-time.ts'

export interface ReadConfig {
  draft: ElectionDraft
  /** Files of candidates that the contests name, by the index of the contest. */
  candidateFiles: ReadonlyMap<number, string>
  /** Files with photos, and whose they are: the index of the contest and the name of the candidate. */
  photos: readonly { contest: number; candidate: string; file: string }[]
  /** Names of people who will hold a share of the key. */
  trustees: readonly string[]
}

/**
 * Reads an election that one YAML or JSON text describes.
 * @param source.file its name, for sentences
 * @param source.zone for times where the text names no zone
 * @throws ElectionConfigInvalid with every mistake and its place
 */
export function readElectionConfig(text: string, source: { file: string; zone: string }): ReadConfig {
  const document = readPlaced(text)
  if ('unreadable' in document) {
    const { message, ...place } = document.unreadable
    throw invalid(source.file, [{ ...place, field: '', message }])
  }
  const read = readConfigValue(document, source.zone)
  if ('problems' in read) throw invalid(source.file, read.problems)
  return read
}

/** Reads an election from fields that were given one by one. @returns it, or all that is wrong with them */
export function readConfigValue(
  document: PlacedDocument,
  zone: string,
): ReadConfig | { problems: ConfigProblem[] } {
  const parsed = electionConfigSchema.safeParse(document.value)
  if (!parsed.success) {
    return { problems: parsed.error.issues.flatMap((issue) => problemsOfIssue(issue, document)) }
  }
  const problems: ConfigProblem[] = []
  const draft = draftOf(parsed.data, zone, (path, message) => {
    const field = fieldOf(path)
    problems.push({ ...document.placeOf(path), field, message: `${field}: ${message}` })
  })
  if (problems.length > 0) return { problems }
  const files = (parsed.data.contests ?? []).flatMap(({ candidates_file: file }, index) =>
    file === undefined ? [] : [[index, file] as const],
  )
  return {
    draft,
    candidateFiles: new Map(files),
    photos: photosOf(parsed.data),
    trustees: parsed.data.trustees ?? [],
  }
}

function photosOf({ contests = [] }: ElectionConfig): ReadConfig['photos'] {
  return contests.flatMap(({ candidates = [] }, contest) =>
    candidates.flatMap((candidate) =>
      typeof candidate === 'string' || candidate.photo == null
        ? []
        : [{ contest, candidate: candidate.name, file: candidate.photo }],
    ),
  )
}

type Complain = (path: readonly (string | number)[], message: string) => void

function draftOf(config: ElectionConfig, defaultZone: string, complain: Complain): ElectionDraft {
  const zone = config.zone ?? defaultZone
  const moment = (field: 'opens' | 'closes') => {
    const written = config[field]
    if (written === undefined) return null
    const read = momentOfText(written, zone)
    if (typeof read === 'string') return read
    complain([field], sentenceOfTimeFault(written, read))
    return null
  }
  const [opensAt, closesAt] = [moment('opens'), moment('closes')]
  if (opensAt !== null && closesAt !== null && closesAt <= opensAt) {
    complain(['closes'], 'it closes before it opens')
  }
  const {
    visibility = 'secret',
    allow_invalid: allowInvalid = false,
    live_voting: liveVoting = false,
  } = config
  if (visibility !== 'open' && visibility !== 'named') {
    const inTheClear = 'only where visibility is open or named'
    if (allowInvalid) complain(['allow_invalid'], inTheClear)
    if (liveVoting) complain(['live_voting'], inTheClear)
    if (config.allow_vote_split === true) {
      const why = 'the parts of a weight would tell whose a secret ballot is'
      complain(['allow_vote_split'], `${inTheClear}: ${why}`)
    }
  }
  const titles = new Set<string>()
  const contests = (config.contests ?? []).map((contest, index) => {
    const title = folded(contest.title)
    if (titles.has(title)) complain(['contests', index, 'title'], `"${contest.title}" is there twice`)
    titles.add(title)
    const draft = contestDraftOf(contest)
    for (const { path, message } of contestFaults(draft, visibility))
      complain(['contests', index, ...path], message)
    return draft
  })
  return {
    title: config.title,
    description: config.description ?? '',
    slug: config.slug,
    zone,
    opensAt,
    closesAt,
    recast: config.recast ?? 'last-counts',
    code: config.code ?? 'none',
    ...{ visibility, allowInvalid, liveVoting },
    rights: rightsOfFields(config),
    eligibility: config.eligibility ?? {},
    contests,
    ...(config.rehearsal === true && { rehearsal: true }),
    ...(config.two_officers && { twoOfficers: config.two_officers }),
    ...(config.keep_days != null && { keepDays: config.keep_days }),
  }
}

/** A motion is put to the vote as the rules of order have it, unless something else is said. */
const motion = { method: 'approval-motion', answers: ['Yes', 'No'], blankName: 'Abstain' }

/** The contest that a file describes, whatever is wrong with it. */
export function contestDraftOf(config: ContestConfig): ContestDraft {
  const { title, description = '', seats = 1, exact, blank = true, none } = config
  const usual = config.motion === true ? motion : undefined
  const method = config.method ?? motion.method
  const given = (config.candidates ?? usual?.answers ?? []).map(optionDraftOf)
  const candidates = methods.find(({ id }) => id === method)?.style === 'list' ? gatheredLists(given) : given
  const threshold = config.threshold === undefined ? undefined : parseThreshold(config.threshold)
  return {
    title,
    description,
    method,
    seats,
    min: exact ?? config.min,
    max: exact ?? config.max,
    blank,
    blankName: blank ? (config.blank_name ?? usual?.blankName ?? null) : null,
    grades: config.grades ?? null,
    writeIn: config.write_in ?? false,
    randomOrder: config.random_order ?? false,
    rules: { ...config.rules, ...(threshold === undefined ? {} : { threshold }) },
    options: none === undefined ? candidates : [...candidates, { ...option(none), role: 'none' }],
  }
}

export function optionDraftOf(candidate: string | CandidateConfig): OptionDraft {
  if (typeof candidate === 'string') return option(candidate)
  const { name, statement = '', party, symbol, birth_date, district, slate, members = [] } = candidate
  return {
    ...option(name),
    statement,
    party: party ?? null,
    symbol: symbol ?? null,
    birth_date: birth_date ?? null,
    district: district ?? null,
    slate: slate ?? null,
    members,
  }
}

function invalid(file: string, problems: ConfigProblem[]): ElectionConfigInvalid {
  const sorted = problems.sort((a, b) => a.line - b.line || a.column - b.column)
  return new ElectionConfigInvalid({ file, problems: sorted as [ConfigProblem, ...ConfigProblem[]] })
}
