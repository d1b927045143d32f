import type { MemberCheck } from '../register/check-member.ts'
import { printable } from './output.ts'

const told: Readonly<Record<MemberCheck['service'], string>> = {
  listed: 'the service lists this member',
  'not-listed': 'the service lists nobody of this number',
  unreachable: 'the service does not answer; what follows is what was fetched',
}

const kept: Readonly<Record<MemberCheck['register'], string>> = {
  member: 'in the file',
  left: 'in the file as somebody who left',
  unknown: 'not in the file',
}

/** A sentence on what the service, the register and the roll say of a member. */
export function checkedLines({
  number,
  name,
  service,
  register,
  fetchedAt,
  election,
}: MemberCheck): string[] {
  const asked = fetchedAt === null ? 'it was never asked for the list' : `the list is of ${fetchedAt}`
  return [
    `${printable(number)} ${printable(name ?? '')}`.trim(),
    `  Now: ${told[service]}.`,
    `  Here: ${kept[register]}; ${asked}.`,
    ...(election === null ? [] : [`  ${election.election}: ${rollSentence(election)}.`]),
  ]
}

function rollSentence({ eligible, roll }: NonNullable<MemberCheck['election']>): string {
  const may = eligible ? 'may vote by its filter' : 'may not vote by its filter'
  switch (roll) {
    case null:
      return `${may}; its roll is made at the opening`
    case 'on':
      return `${may}, and is on the roll`
    case 'off':
      return `${may}, and is not on the roll, which was fixed at the opening`
    case 'struck':
      return `${may}, and was struck from the roll`
  }
}

/** What mends a difference, or the next thing there is. */
export function nextOfCheck({ number, service, register, election }: MemberCheck): string {
  const outdated = (service === 'listed') !== (register === 'member') && service !== 'unreachable'
  if (outdated) return 'urna voter fetch'
  if (election === null) return 'urna voter list'
  const { roll, eligible, election: slug } = election
  if (roll !== null && eligible !== (roll === 'on')) {
    return `urna roll correct ${slug} ${eligible ? '--add' : '--strike'} ${number} --reason TEXT`
  }
  return `urna roll show ${slug}`
}
