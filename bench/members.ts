// A CSV of members, always the same for the same count: node bench/members.ts 1000000 > members.csv
import { once } from 'node:events'

const given = ['Ana', 'Björn', 'Chidi', 'Dolores', 'Émilie', 'Farid', 'Grete', 'Hiroshi', 'Inés', 'João']
const family = [
  'Álvarez',
  'Brandt',
  'Castro',
  'Dubois',
  'Eriksen',
  'Fischer',
  'García',
  'Hansen',
  'Ito',
  'Jovanović',
]
const statuses = ['active', 'active', 'active', 'retired', 'suspended']
const regions = ['North', 'East', 'South', 'West']

/** A number below 2^31 that looks random: a step of a full-period congruential generator. */
function scattered(index: number): number {
  return Number((BigInt(index) * 1_103_515_245n + 12_345n) % 2_147_483_648n)
}

export const header = 'Member no.,Name,E-mail,Phone,Status,Region,Branch,Weight,National ID,Shoe size\n'

/** @param index from 0; every member differs in number, address, phone and national id */
export function memberLine(index: number): string {
  const chance = scattered(index)
  const name = `${given[chance % 10]} ${family[(chance >> 4) % 10]}-${family[(chance >> 8) % 10]} ${chance % 997}`
  const id = `${String(chance).padStart(10, '0')}X`
  const email = `member.${chance}@example.org`
  const branch = `Branch ${chance % 250}`
  const weight = chance % 50 === 0 ? '0.5' : '1'
  const cells = [1_000_000 + index, name, email, `+34${String(chance).padStart(10, '6')}`]
  return `${[...cells, statuses[chance % 5], regions[chance % 4], branch, weight, id, 36 + (chance % 10)].join(',')}\n`
}

const [count] = process.argv.slice(2).map(Number)
if (import.meta.main && count !== undefined) {
  process.stdout.write(header)
  for (let start = 0; start < count; start += 1000) {
    const lines = Array.from({ length: Math.min(1000, count - start) }, (_, offset) =>
      memberLine(start + offset),
    )
    if (!process.stdout.write(lines.join(''))) await once(process.stdout, 'drain')
  }
}
