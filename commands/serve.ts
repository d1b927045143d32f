import { Flags } from '@oclif/core'
import { z } from 'zod'
import { FileCommand, officerOf, urnaFileOf } from '../src/cli/file-command.ts'
import { readPassphrase } from '../src/cli/passphrase.ts'
import { systemClock } from '../src/clock.ts'

export const output = z.strictObject({ url: z.string(), stopped: z.literal(true) })

/** Connections that wait to be accepted: when voters come all at once, the usual 511 make many wait for seconds. */
const longestQueue = 4096

export default class Serve extends FileCommand {
  static override summary = 'Serve the ballot page, the board and the results on this machine.'
  static override description =
    'Voters seal their ballots in their own browsers; this server never sees a choice. Stop it with Ctrl-C: it finishes what it has acknowledged. For voters elsewhere, put a web server with a certificate in front of it and say --trust-proxy.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --host 0.0.0.0 --port 443 --trust-proxy',
  ]
  static override flags = {
    host: Flags.string({ description: 'The address to listen on.', default: '127.0.0.1' }),
    port: Flags.integer({ description: 'The port; 0 takes a free one.', default: 8080, min: 0, max: 65_535 }),
    'trust-proxy': Flags.boolean({
      description:
        'A proxy in front of it, and nobody else, reaches this port: believe what it says of clients.',
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { flags } = await this.parse(Serve)
    const [{ createApp }, { loadGroup }, { openCastingThread }, { untilStopped }] = await Promise.all([
      import('../src/server/app.ts'),
      import('../src/sealing/group-sodium.ts'),
      import('../src/voting/casting-thread.ts'),
      import('../src/cli/until-stopped.ts'),
    ])
    const path = urnaFileOf(flags)
    const file = { path, passphrase: await readPassphrase(flags, path), officer: officerOf(flags) }
    return this.withPassphrase(file, async (work) => {
      const group = await loadGroup()
      const options = { log: process.stderr, trustProxy: flags['trust-proxy'] }
      const casting = openCastingThread(file)
      const app = await createApp({ work, group, clock: systemClock, casting }, options)
      const url = await app.listen({ host: flags.host, port: flags.port, backlog: longestQueue })
      this.note(`Serving at ${url}. Stop it with Ctrl-C.`)
      await untilStopped()
      await app.close()
      await casting.close()
      return { url, stopped: true as const }
    })
  }
}
