import { fileSource, pipeSource } from '../register/csv-source.ts'
import { type DelegationImport, importDelegations } from '../register/import-delegations.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { countOf, formatTable, printable } from './output.ts'
import { askYesNo } from './prompts.ts'

/** Shows what a CSV would change, and changes it where that is wanted. Standard input is read once. */
export async function importDelegationsInSession(
  work: UnitOfWork,
  input: {
    file: string
    election: string | undefined
    organisation: string | undefined
    reason: string
    answer: 'yes' | 'no' | 'ask'
    show: (line: string) => void
  },
): Promise<{ found: DelegationImport; applied: boolean }> {
  const source = input.file === '-' ? pipeSource('standard input', process.stdin) : fileSource(input.file)
  const { election, organisation, reason, answer, show } = input
  const request = { source, election, organisation, reason }
  if (answer === 'yes') {
    return { found: await importDelegations(work, { ...request, mode: 'apply' }), applied: true }
  }
  const found = await importDelegations(work, { ...request, mode: 'preview' })
  show(previewOf(found))
  const wanted = answer === 'ask' && source.repeatable && found.given.length > 0
  if (!wanted || !(await askYesNo('Give these votes?', { flag: '--yes' }))) return { found, applied: false }
  return { found: await importDelegations(work, { ...request, mode: 'apply' }), applied: true }
}

function previewOf({ given, unchanged, problems }: DelegationImport): string {
  const counts = `${countOf(given.length, 'vote')} to give, ${unchanged} given so already, ${countOf(problems.length, 'row')} can not be taken.`
  if (given.length === 0) return counts
  const rows = given
    .slice(0, 10)
    .map(({ represented, acting }) => [
      printable(`${represented.number} ${represented.name}`),
      printable(`${acting.number} ${acting.name}`),
    ])
  return `${formatTable({ head: ['Vote of', 'Cast by'], rows })}\n${counts}`
}
