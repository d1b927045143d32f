import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { UrnaCommand } from '../src/cli/base-command.ts'
import { comparisonText } from '../src/cli/comparison-text.ts'
import { comparedMethods, countFlags, methodOf, parsedCountFlags, requestOf } from '../src/cli/count-flags.ts'
import { nextAfterCount, warningLines } from '../src/cli/count-notes.ts'
import { countText } from '../src/cli/count-text.ts'
import { printable } from '../src/cli/output.ts'
import { plainPage, terminalPage } from '../src/cli/pages.ts'
import { InvalidInput } from '../src/cli/refusals.ts'
import { requireOwnFiles, writeCountFiles } from '../src/cli/write-count.ts'
import { comparisonJson } from '../src/report/comparison.ts'
import { countJson } from '../src/report/count-json.ts'
import { comparisonSchema, countSchema } from '../src/report/count-schema.ts'
import { type ChosenMethod, type CountRequest, compareMethods, countFile } from '../src/tally/count-file.ts'

export const output = z.union([countSchema, comparisonSchema])

const toFile = (description: string) => Flags.string({ description, helpValue: 'FILE', helpGroup: 'OUTPUT' })

export default class Count extends UrnaCommand {
  static override summary = 'Count a file of ballots: no election, no database, no set-up.'
  static override description =
    'Shows every round, so that a scrutineer can follow it with a pencil. A tie that the rules leave open is a result: the count stops there, and says how to go on. The method is never guessed, because it decides who wins.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> ward.blt --method stv-scottish',
    '<%= config.bin %> <%= command.id %> ward.blt --method irv --rule "until=two are left" --withdraw "Ana Duarte"',
    '<%= config.bin %> <%= command.id %> ward.blt.gz --method stv-scottish --seed "lottery of 14 March: 07 12 23" --xlsx ward.xlsx',
    '<%= config.bin %> <%= command.id %> ward.blt --compare irv,schulze,stv-scottish',
    'cat ward.blt | <%= config.bin %> <%= command.id %> - --method schulze --json',
  ]
  static override args = {
    file: Args.string({ description: 'The file of ballots, or - for standard input.', required: true }),
  }
  static override flags = {
    ...countFlags,
    report: Flags.string({
      description: 'Print everything as plain text of 72 columns, for the minutes.',
      options: ['text'],
      helpGroup: 'OUTPUT',
    }),
    csv: toFile('Write a line for each option in each round; - is standard output.'),
    xlsx: toFile('Write a workbook.'),
    html: toFile('Write one page with charts, that needs nothing else.'),
    force: Flags.boolean({ description: 'Replace files that are there already.', helpGroup: 'OUTPUT' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse({
      ...{ args: Count.args, baseFlags: Count.baseFlags, enableJsonFlag: Count.enableJsonFlag },
      flags: { ...Count.flags, ...parsedCountFlags },
    })
    const toStandardOutput = flags.csv === '-'
    if (toStandardOutput && this.jsonEnabled()) {
      throw new InvalidInput('Standard output can not take both CSV and --json.', {}, 'Give --csv a file.')
    }
    await requireOwnFiles(args.file, flags)
    const request = await requestOf(args.file, flags, this.config.version)
    if (flags.compare !== undefined) return this.#compare(request, comparedMethods(flags.compare))
    const report = await countFile(request, await methodOf(flags))
    for (const line of warningLines(report.warnings)) this.note(printable(line))
    if (!toStandardOutput) {
      this.#print(
        flags.report === undefined
          ? countText(report, { page: terminalPage(), detail: 'usual' })
          : countText(report, { page: plainPage, detail: 'everything' }),
      )
    }
    for (const { file, changed } of await writeCountFiles(report, flags)) {
      this.note(`${printable(file)} ${changed ? 'is written' : 'is there already with the same content'}.`)
    }
    const next = nextAfterCount(report)
    if (next !== undefined) this.next(next)
    return countJson(report)
  }

  async #compare(request: CountRequest, methods: readonly ChosenMethod[]): Promise<z.infer<typeof output>> {
    const counts = await compareMethods(request, methods)
    const comparison = comparisonJson(counts)
    for (const line of warningLines(comparison.warnings)) this.note(printable(line))
    this.#print(comparisonText(counts, terminalPage()))
    this.next('urna count FILE --method ID, for the rounds of one of them')
    return comparison
  }

  /** What is laid out already. */
  #print(text: string): void {
    if (!this.jsonEnabled()) this.log(text)
  }
}
