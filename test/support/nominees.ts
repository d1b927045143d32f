import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inviteNominees } from '../../src/election/nominations/invite-nominees.ts'
import { nominate } from '../../src/election/nominations/nominate.ts'
import { openNominations } from '../../src/election/nominations/open-nominations.ts'
import type { TemporaryUrna } from './urna.ts'

/** Opens nominations for the only contest of a draft, long enough for every test. */
export async function letNominate(
  { work }: Pick<TemporaryUrna, 'work'>,
  election: string,
  changes: { until?: string; needed?: number } = {},
): Promise<void> {
  const { until = '2026-03-20 18:00', needed } = changes
  await openNominations(work, { election, contest: undefined, until, needed })
}

/** Puts somebody up in the name of members. */
export async function putUp(
  { work }: Pick<TemporaryUrna, 'work'>,
  election: string,
  name: string,
  by: readonly string[] = ['001', '002'],
) {
  const plain = { contest: undefined, member: undefined, email: undefined, by }
  return nominate(work, { election, name, ...plain })
}

/** The links of nominees who had none, by name. */
export async function linksFor(
  { work, folder }: Pick<TemporaryUrna, 'work' | 'folder'>,
  election: string,
  links = 'https://vote.example.org',
): Promise<Map<string, string>> {
  const file = join(folder, 'nominees.csv')
  await inviteNominees(work, { election, contest: undefined, links, file, again: undefined })
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n')
  return new Map(lines.map((line) => [line.split(',')[0]!, line.split(',').at(-1)!]))
}

export function secretOf(link: string | undefined): string {
  return link?.split('#n=')[1] ?? ''
}
