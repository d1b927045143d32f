import { z } from 'zod'
import { UrnaCommand } from '../../src/cli/base-command.ts'
import { methodFacts, methodOutput } from '../../src/cli/method-output.ts'
import { formatTable } from '../../src/cli/output.ts'
import { methods } from '../../src/tabulation/registry.ts'

export const output = z.strictObject({ methods: z.array(methodOutput) })

export default class MethodList extends UrnaCommand {
  static override summary = 'List the ways to count, by the ids that contests name.'
  static override examples = ['<%= config.bin %> <%= command.id %>']

  async run(): Promise<z.infer<typeof output>> {
    await this.parse(MethodList)
    const listed = methods.map(methodFacts)
    const rows = listed.map(({ id, title, style, opensAs }) => [id, title, style, opensAs])
    this.say(formatTable({ head: ['Method', 'What it is', 'Ballot', 'Opens as'], rows }))
    this.next('urna method show METHOD')
    return { methods: listed }
  }
}
