import { Flags } from '@oclif/core'
import { z } from 'zod'
import { UrnaCommand } from '../src/cli/base-command.ts'
import { InvalidInput } from '../src/cli/refusals.ts'
import { headerFileFlag, headerOfFlag } from '../src/cli/service-flags.ts'

export const output = z.strictObject({ url: z.string(), stopped: z.literal(true) })

export default class DummyService extends UrnaCommand {
  static override summary = 'Serve a list of made-up members on this machine, to try urna voter fetch.'
  static override description =
    'It answers as docs/member-service.md says, to this machine alone, and can be slow or fail now and then on purpose. Stop it with Ctrl-C.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --members 5000 --slow 2000 --failing 3',
  ]
  static override flags = {
    port: Flags.integer({ description: 'The port; 0 takes a free one.', default: 8090, min: 0, max: 65_535 }),
    members: Flags.integer({ description: 'How many it lists.', default: 240, min: 1, max: 1_000_000 }),
    slow: Flags.integer({
      description: 'Milliseconds that it takes for each answer.',
      default: 0,
      min: 0,
      max: 600_000,
    }),
    failing: Flags.integer({
      description: 'Fail at each answer of this number: 3 for the third, the sixth and so on; 0 for none.',
      default: 0,
      min: 0,
      helpValue: 'N',
    }),
    'header-file': headerFileFlag,
  }

  async run(): Promise<z.infer<typeof output>> {
    const { flags } = await this.parse(DummyService)
    const { port, members, slow, failing } = flags
    const [{ headerIn }, { startDummyService }, { untilStopped }] = await Promise.all([
      import('../src/delivery/http-target.ts'),
      import('../src/server/dummy-service.ts'),
      import('../src/cli/until-stopped.ts'),
    ])
    const text = await headerOfFlag(flags['header-file'])
    const header = text === undefined ? undefined : headerIn(text)
    if (text !== undefined && header === undefined) {
      throw new InvalidInput(
        'The file of the header does not hold one header.',
        {},
        'Write one line into it, like: Authorization: Bearer KEY',
      )
    }
    const { url, close } = await startDummyService({ port, members, slow, failing, header })
    this.note(`A list of ${members} made-up members is at ${url}. Stop it with Ctrl-C.`)
    this.next(`urna voter service ${url}`)
    await untilStopped()
    await close()
    return { url, stopped: true }
  }
}
