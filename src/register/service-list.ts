import { createHash } from 'node:crypto'
import { stringify } from 'csv-stringify/sync'
import type { z } from 'zod'
import type { CsvSource } from './csv-source.ts'
import { MemberServiceDistrusted } from './service-refusals.ts'
import { askService, type ServiceSettings } from './service-request.ts'
import {
  type MemberPage,
  memberPage,
  membersPerPage,
  type ServiceMember,
  serviceMember,
} from './service-schema.ts'

/** All that a service listed, at one moment. */
export interface ServiceList {
  /** What the service calls this state of its list. */
  readonly snapshot: string
  readonly listed: number
  /** SHA-256, hex, of the CSV. */
  readonly sha256: string
  /** The members as a CSV, with a column for everything that a member has. */
  readonly source: CsvSource
}

/** More than any organisation that one machine serves. */
const mostMembers = 5_000_000
/** In bytes, of all pages together: they are held in memory until they are believed. */
const longestList = 1024 * 1024 * 1024

/**
 * Fetches the whole list, page by page. If it changes meanwhile, it is fetched once more from the beginning.
 * @param known the state that is known already
 * @param onPage told how many of how many have come
 * @returns undefined if the service has nothing newer
 * @throws MemberServiceUnreachable, MemberServiceDistrusted
 */
export async function fetchList(
  settings: ServiceSettings,
  known: string | undefined,
  onPage: (come: number, total: number) => void,
): Promise<ServiceList | undefined> {
  for (let round = 1; ; round++) {
    const pages = await fetchPages(settings, known, onPage)
    if (pages === 'unchanged') return undefined
    if (pages !== 'changed') return listOf(pages, settings.url.host)
    if (round === 3) throw distrust(settings, 'its list changes faster than it can be fetched')
  }
}

/**
 * What the service says of one member.
 * @returns undefined if it lists nobody of that number
 * @throws MemberServiceUnreachable, MemberServiceDistrusted
 */
export async function fetchMember(
  settings: ServiceSettings,
  number: string,
): Promise<ServiceMember | undefined> {
  const reply = await askService(settings, `members/${encodeURIComponent(number)}`)
  if (reply.kind !== 'body') return undefined
  const member = parsed(serviceMember, reply.body, settings)
  if (member.number === number) return member
  throw distrust(settings, `asked about ${number}, it tells of another member`)
}

async function fetchPages(
  settings: ServiceSettings,
  known: string | undefined,
  onPage: (come: number, total: number) => void,
): Promise<MemberPage[] | 'unchanged' | 'changed'> {
  const pages: MemberPage[] = []
  const asked = new Set<string>()
  let after: string | null = null
  let [come, length] = [0, 0]
  do {
    const query = new URLSearchParams({ limit: String(membersPerPage), ...(after !== null && { after }) })
    const reply = await askService(settings, `members?${query}`, after === null ? known : undefined)
    if (reply.kind === 'unchanged') return 'unchanged'
    if (reply.kind === 'missing') throw distrust(settings, 'it has no list of members at that address')
    const page = parsed(memberPage, reply.body, settings)
    const [first = page] = pages
    if (page.snapshot !== first.snapshot) return 'changed'
    come += page.members.length
    length += reply.length
    if (length > longestList) throw distrust(settings, 'its list has no end')
    if (page.total !== first.total) throw distrust(settings, 'its pages disagree on how many members it has')
    if (page.total > mostMembers || come > page.total) {
      throw distrust(settings, `it lists more members than the ${page.total} of which it speaks`)
    }
    const goesOn = page.next !== null && page.members.length > 0 && !asked.has(page.next)
    if (page.next !== null && !goesOn) throw distrust(settings, 'its pages lead in a circle')
    pages.push(page)
    onPage(come, page.total)
    after = page.next
    if (after !== null) asked.add(after)
  } while (after !== null)
  const [{ total }] = pages as [MemberPage]
  if (come < total) throw distrust(settings, `it speaks of ${total} members and lists ${come}`)
  if (total === 0) throw distrust(settings, 'it lists nobody')
  return pages
}

/** @throws MemberServiceDistrusted which says where, and not what is there */
function parsed<T>(schema: z.ZodType<T>, body: unknown, settings: ServiceSettings): T {
  const read = schema.safeParse(body)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const place = issue!.path.slice(0, 3).join('.') || 'the whole of it'
  throw distrust(settings, `it is not of the form that urna knows, at ${place}`)
}

function distrust({ url }: ServiceSettings, reason: string): MemberServiceDistrusted {
  return new MemberServiceDistrusted({ host: url.host, reason })
}

/** Headers that stand for one thing each, so that no custom field is taken for another. */
const columns = {
  ...{ number: 'number', name: 'full name', email: 'email', phone: 'phone', status: 'status' },
  ...{ region: 'region', chapter: 'chapter', district: 'district', weight: 'weight', joined: 'joined' },
} as const

function listOf(pages: readonly MemberPage[], host: string): ServiceList {
  const members = pages.flatMap((page) => page.members)
  const hasIds = members.some(({ national_id }) => national_id)
  const custom = [...new Set(members.flatMap((member) => Object.keys(member.custom ?? {})))].sort()
  const keys = Object.keys(columns) as (keyof typeof columns)[]
  const header = [...Object.values(columns), ...(hasIds ? ['national id'] : []), ...custom]
  const rows = members.map((member) => [
    ...keys.map((key) => (key === 'weight' ? weightText(member.weight) : (member[key] ?? ''))),
    ...(hasIds ? [member.national_id ?? ''] : []),
    ...custom.map((key) => member.custom?.[key] ?? ''),
  ])
  const bytes = Buffer.from(`sep=,\n${stringify([header, ...rows], { quoted: true })}`)
  return {
    snapshot: pages[0]!.snapshot,
    listed: members.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    source: { name: host, size: bytes.length, repeatable: true, open: () => piecesOf(bytes) },
  }
}

/** With other than three decimal places, so that nobody takes the point for a thousand. */
function weightText(weight: string | null | undefined): string {
  return weight?.replace(/^\d+\.\d{3}$/, '$&0') ?? ''
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const piece = 1 << 16
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
}
