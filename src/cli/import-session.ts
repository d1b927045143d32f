import { basename } from 'node:path'
import { type CsvSource, fileSource, pipeSource } from '../register/csv-source.ts'
import { importMembers } from '../register/import-members.ts'
import type { MemberImport } from '../register/import-summary.ts'
import { RowsRejected } from '../register/refusals.ts'
import { RejectsFile } from '../register/rejects-file.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { importPreview } from './import-preview.ts'
import { countOf } from './output.ts'
import { startProgress } from './progress.ts'
import { askYesNo } from './prompts.ts'
import { prose } from './prose.ts'

export interface ImportSession {
  found: MemberImport
  applied: boolean
  /** The CSV of rejected rows, if there is one. */
  rejects: string | null
}

/**
 * Shows what an import would change and, if that is wanted, applies it. Between the question and the answer
 * nothing is locked: the file is read again, and what is applied is what that finds.
 * @param options.answer what is known of the officer's decision beforehand
 */
export async function importInSession(
  work: UnitOfWork,
  options: {
    file: string
    /** Short name; undefined where the file has only one. */
    organisation: string | undefined
    answer: 'yes' | 'no' | 'ask'
    strict: boolean
    rejects: string | undefined
    show(line: string): void
  },
): Promise<ImportSession> {
  const { file, organisation, answer, strict, show } = options
  const source = file === '-' ? pipeSource('standard input', process.stdin) : fileSource(file)
  const rejectsFile = options.rejects === undefined ? undefined : new RejectsFile(options.rejects)
  const run = async (mode: 'preview' | 'apply', rejects: RejectsFile | undefined) =>
    withProgress(source, mode === 'preview' ? 'Comparing' : 'Importing', (onBytes) =>
      importMembers(work, {
        ...{ source, organisation, mode, strict, onBytes },
        onRejected: (row, layout) => rejects?.add(row, layout),
      }),
    )
  let found: MemberImport
  let rejects: string | null = null
  try {
    found = await run(answer === 'yes' ? 'apply' : 'preview', rejectsFile)
  } catch (error) {
    if (!(error instanceof RowsRejected)) rejectsFile?.discard()
    throw error
  } finally {
    if (rejectsFile?.close() === true) rejects = rejectsFile.path
  }
  for (const line of importPreview(source.name, found)) show(line)
  show('')
  if (rejects !== null) show(prose(`The rejected rows are in ${rejects}: mend them there, and import it.`))
  const changes = found.counts.new + found.counts.changed
  if (answer === 'ask' && changes > 0 && (await askYesNo(question(found), { flag: '--yes' }))) {
    return { found: await run('apply', undefined), applied: true, rejects }
  }
  return { found, applied: answer === 'yes', rejects }
}

function question({ counts }: MemberImport): string {
  const added = counts.new === 0 ? [] : [`add ${countOf(counts.new, 'member')}`]
  const changed = counts.changed === 0 ? [] : [`change ${countOf(counts.changed, 'member')}`]
  const deed = [...added, ...changed].join(' and ')
  return `${deed[0]?.toUpperCase()}${deed.slice(1)}?`
}

async function withProgress<T>(
  source: CsvSource,
  label: string,
  work: (onBytes: (read: number) => void) => Promise<T>,
): Promise<T> {
  if (source.size === undefined) return work(() => {})
  const progress = startProgress(`${label} ${basename(source.name)}`, source.size)
  try {
    return await work((read) => progress.update(read))
  } finally {
    progress.stop()
  }
}
