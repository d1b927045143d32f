import type { ServiceMember } from '../register/service-schema.ts'

export type SampleMember = ServiceMember & { readonly number: string }

const firstNames = [
  'Ada',
  'Bruno',
  'Chloé',
  'Dora',
  'Emil',
  'Fatima',
  'Gustavo',
  'Hilda',
  'Ivo',
  'Júlia',
  'Kwame',
]
const lastNames = ['Abreu', 'Berg', 'Castillo', 'Dupont', 'Eriksen', 'Ferrari', 'García', 'Horváth', 'Ito']
const regions = {
  North: ['Harbour', 'Old Town', 'Mills'],
  South: ['Vineyards', 'Airport'],
  Islands: ['Lighthouse'],
} as const
const chapters = Object.entries(regions).flatMap(([region, names]) =>
  names.map((chapter) => ({ region, chapter })),
)

/** Made up, and always the same: every thirteenth has no chapter, every seventh is retired. */
export function sampleMember(index: number): SampleMember {
  const first = firstNames[index % firstNames.length]!
  const last = lastNames[Math.floor(index / firstNames.length) % lastNames.length]!
  const { region, chapter } = chapters[index % chapters.length]!
  const number = String(10_001 + index)
  return {
    number,
    name: `${first} ${last}`,
    email: `member-${number}@example.org`,
    status: index % 7 === 6 ? 'retired' : 'active',
    region,
    chapter: index % 13 === 12 ? null : chapter,
    weight: '1',
    joined: `${2005 + (index % 20)}-0${1 + (index % 9)}-1${index % 10}`,
  }
}
