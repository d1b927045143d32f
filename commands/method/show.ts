import { Args } from '@oclif/core'
import chalk from 'chalk'
import { z } from 'zod'
import { UrnaCommand } from '../../src/cli/base-command.ts'
import {
  findMethod,
  methodFacts,
  methodOutput,
  methodPage,
  ruleFacts,
  ruleOutput,
} from '../../src/cli/method-output.ts'
import { formatTable } from '../../src/cli/output.ts'
import { prose } from '../../src/cli/prose.ts'

export const output = methodOutput.extend({
  /** Of urna's documentation. */
  page: z.string(),
  rules: z.array(ruleOutput),
})

export default class MethodShow extends UrnaCommand {
  static override summary = 'Show a way to count: its source, its ballot, and the rules that can be set.'
  static override examples = ['<%= config.bin %> <%= command.id %> stv-scottish']
  static override args = {
    method: Args.string({ description: 'Its id, as in: urna method list.', required: true }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args } = await this.parse(MethodShow)
    const method = findMethod(args.method)
    const facts = { ...methodFacts(method), page: methodPage(method) }
    const rules = ruleFacts(method)
    this.say(`${chalk.bold(facts.title)} (${facts.id})`)
    this.say(`  Ballot    ${facts.style}`)
    this.say(prose(facts.opensAs, '  Opens as  '))
    this.say(prose(facts.source, '  Source    '))
    this.say(`  Page      ${facts.page}`)
    this.say()
    const rows = rules.map(({ rule, usual, values }) => [rule, usual, values])
    this.say(formatTable({ head: ['Rule', 'Unless set', 'Can be'], rows }))
    this.note('\nIn an election, rules are set in the file that describes it, under the contest.')
    this.next(`urna count FILE --method ${facts.id} --rule NAME=VALUE`)
    return { ...facts, rules }
  }
}
