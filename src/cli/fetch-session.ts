import { fetchMembers, keepUnchanged, takeList } from '../register/fetch-members.ts'
import { RejectsFile } from '../register/rejects-file.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { type FetchOutput, fetchPreview, outputOfFetch } from './fetch-output.ts'
import { countOf } from './output.ts'
import { startProgress } from './progress.ts'
import { askYesNo } from './prompts.ts'
import { prose } from './prose.ts'

/**
 * Fetches the list of members, shows what it would change and, if that is wanted, takes it. What is taken is what
 * was shown: the service is not asked again.
 * @param options.answer what is known of the officer's decision beforehand
 */
export async function fetchInSession(
  work: UnitOfWork,
  options: {
    organisation: string | undefined
    header: string | undefined
    /** Minutes. */
    notOlder: number | undefined
    answer: 'yes' | 'no' | 'ask'
    rejects: string | undefined
    show(line: string): void
  },
): Promise<FetchOutput> {
  const { answer, show } = options
  const file = options.rejects === undefined ? undefined : new RejectsFile(options.rejects)
  const fetched = await fetchMembers(work, { ...options, ...pageProgress() })
  if (fetched.kind === 'unchanged' && answer !== 'no') await keepUnchanged(work, fetched)
  if (fetched.kind !== 'list') return outputOfFetch(fetched, undefined)
  const take = (mode: 'preview' | 'apply', rejects: RejectsFile | undefined) =>
    takeList(work, fetched, { mode, onRejected: (row, layout) => rejects?.add(row, layout) })
  let taken = await take(answer === 'yes' ? 'apply' : 'preview', file)
  const rejects = file?.close() === true ? file.path : null
  show(prose(`${fetched.service.url}: ${countOf(fetched.list.listed, 'member')}.`))
  show('')
  for (const line of fetchPreview(taken)) show(line)
  show('')
  if (rejects !== null) show(prose(`The entries that can't be taken are in ${rejects}.`))
  let applied = answer === 'yes'
  if (answer === 'ask' && (await askYesNo('Take it?', { flag: '--yes' }))) {
    taken = await take('apply', undefined)
    applied = true
  }
  return outputOfFetch(fetched, { ...taken, applied, rejects })
}

function pageProgress(): { onPage(come: number, total: number): void } {
  let progress: ReturnType<typeof startProgress> | undefined
  return {
    onPage: (come, total) => {
      progress ??= startProgress('Fetching', total)
      progress.update(come)
      if (come >= total) progress.stop()
    },
  }
}
