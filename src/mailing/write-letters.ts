import type { Clock } from '../clock.ts'
import type { Election } from '../election/find-election.ts'
import { columnKey } from '../register/column-names.ts'
import { type Letter, type LetterStyle, LetterTooLong, writeLetters } from '../report/letters-pdf.ts'
import { writeOutputFile } from '../report/output-file.ts'
import type { Group } from '../sealing/group.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { type AddressBlock, addressBlock } from './postal-address.ts'
import { type LettersInput, prepareLetters } from './prepare-letters.ts'
import { TemplateInvalid } from './refusals.ts'
import type { TokenList } from './token-list.ts'

export interface WrittenLetterFile {
  election: string
  file: string
  letters: number
  pages: number
  /** Letters with a name that the paper could not show as it is, or not whole. */
  altered: number
  /** Numbers of voters without a postal address, who get no letter. */
  withoutAddress: string[]
  leftOut: TokenList['leftOut']
}

const tokenLabels = { en: 'Your voting token', es: 'Su clave de votación', fr: 'Votre clé de vote' } as const

/**
 * Writes a letter for each voter, whose tokens are in it: a file for its owner alone, whole or not at all.
 * @throws as `prepareMailing`, and PostalAddressNeeded, OutputExists, OutputUnwritable
 */
export async function writeLetterFile(
  deps: { work: UnitOfWork; group: Group; clock: Clock },
  input: LettersInput,
): Promise<WrittenLetterFile> {
  const { duplex, envelope, language } = input
  const prepared = await prepareLetters(deps, input)
  const { election, leftOut, organisation } = prepared
  const out = input.out ?? `${election.slug}-letters.pdf`
  const block: AddressBlock = addressBlock(input.address, prepared.custom)
  const withAddress = prepared.recipients.map((recipient) => ({
    recipient,
    lines: block.linesFor(recipient),
  }))
  const complete = withAddress.filter(({ lines }) => lines !== undefined)
  const sorted = complete.toSorted((a, b) => compareLines(a.lines!, b.lines!))
  const style: LetterStyle = {
    ...{ envelope, duplex, title: election.title, madeAt: deps.clock.now().toISOString() },
    ...{ sender: input.sender ?? organisation, tokenLabel: tokenLabels[language] },
  }
  let count = { letters: 0, pages: 0, altered: 0 }
  const letters = sorted
    .values()
    .map(({ recipient, lines }): Letter => ({ ...prepared.compose(recipient), address: lines! }))
  await writeOutputFile(
    out,
    async (sink) => {
      try {
        count = await writeLetters(sink, style, letters)
        await recordLetters(deps.work, { election, letters: count.letters, only: input.only })
      } catch (error) {
        if (error instanceof LetterTooLong) throw tooLong(input.template.name, error.side)
        throw error
      }
    },
    { existing: 'refuse', mode: 0o600 },
  )
  const withoutAddress = withAddress.flatMap(({ recipient, lines }) =>
    lines === undefined ? recipient.number : [],
  )
  return { election: election.slug, file: out, ...count, withoutAddress, leftOut }
}

/** Before the file gets its name: no letters are about of which the log does not know. How many, and never to whom. */
async function recordLetters(
  work: UnitOfWork,
  { election, letters, only }: { election: Election; letters: number; only: LettersInput['only'] },
): Promise<void> {
  const details = { letters, only: only ?? null }
  await work.write('write letters', (tx) =>
    tx.record({ action: 'letters-written', election: election.slug, details }),
  )
}

function tooLong(template: string, side: 'front' | 'back'): TemplateInvalid {
  return new TemplateInvalid(
    { template, line: 1, column: 1 },
    `its ${side} is longer than a page`,
    'Shorten it, or move some of it below a line with --- alone, which begins the second page.',
  )
}

/** By country, then town, then street, as letters are carried: from the last line up to the name. */
function compareLines(a: readonly string[], b: readonly string[]): number {
  const key = (lines: readonly string[]) => lines.toReversed().map(columnKey).join('\n')
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0
}
