import type { Language } from '../delivery/code-message.ts'
import type { Election } from '../election/find-election.ts'
import { columnKey } from '../register/column-names.ts'
import { type MergeValues, parseTemplate } from './merge-template.ts'
import type { Recipient } from './recipients.ts'

/** What every voter's message can hold. */
const ofVoter = ['name', 'number', 'region', 'chapter', 'district'] as const
/** What it can hold of the election. */
const ofElection = ['election', 'organisation', 'opens', 'closes'] as const
/** What it can hold where the file of tokens is at hand. */
export const ofToken = ['token', 'link'] as const

/** @param custom names of the members' own fields: those that are called as another are out of reach */
export function fieldNames(custom: readonly string[], { tokens }: { tokens: boolean }): string[] {
  const own = [...ofVoter, ...ofElection, ...(tokens ? ofToken : [])] as string[]
  const taken = new Set([...own, ...ofToken].map(columnKey))
  return [...own, ...custom.filter((each) => !taken.has(columnKey(each)))]
}

export function electionValues(
  election: Election,
  { organisation, language }: { organisation: string; language: Language },
): MergeValues {
  const moment = (at: string | null) =>
    at === null ? unknownMoment[language] : momentText(at, election.zone, language)
  return {
    election: election.title,
    organisation,
    opens: moment(election.opens_at),
    closes: moment(election.closes_at),
  }
}

export function voterValues({ number, name, region, chapter, district, custom }: Recipient): MergeValues {
  const own = Object.fromEntries(Object.entries(custom).map(([key, value]) => [columnKey(key), value]))
  return { ...own, number, name, region: region ?? '', chapter: chapter ?? '', district: district ?? '' }
}

/**
 * Above the text of a message to somebody who votes in another's stead: whose vote it is about. Empty for one's own. The
 * names of people are cut to the length that they have in a template.
 */
export function steadLine({ proxyFor }: Recipient, language: Language): string {
  if (proxyFor === null) return ''
  const line = parseTemplate(inStead[language], { name: 'proxy', known: ['number', 'name'] })
  return `${line.fill({ ...proxyFor })}\n\n`
}

const inStead: Readonly<Record<Language, string>> = {
  en: 'This is about the vote of {number} {name}, which was given to you: you cast it in their stead.',
  es: 'Se trata del voto de {number} {name}, que le fue cedido: usted lo emite en su lugar.',
  fr: 'Il s’agit du vote de {number} {name}, qui vous a été confié : vous l’exprimez à sa place.',
}

const unknownMoment: Readonly<Record<Language, string>> = {
  en: 'a time that is not fixed yet',
  es: 'una hora aún sin fijar',
  fr: 'une heure qui n’est pas encore fixée',
}

/** `Thursday, 3 December 2026 at 18:00 CET` */
function momentText(at: string, zone: string, language: Language): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    ...{ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', timeZone: zone, timeZoneName: 'short' },
  }).format(new Date(at))
}
