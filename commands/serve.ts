import { join } from 'node:path'
import { Flags } from '@oclif/core'
import { z } from 'zod'
import { durationOf } from '../src/cli/duration.ts'
import { FileCommand, urnaFileOf } from '../src/cli/file-command.ts'
import { printable } from '../src/cli/output.ts'
import { readPassphrase } from '../src/cli/passphrase.ts'
import { isLoopback } from '../src/delivery/hosts.ts'

export const output = z.strictObject({ url: z.string(), stopped: z.literal(true) })

export default class Serve extends FileCommand {
  static override summary = 'Serve the ballot page, the board and the results on this machine.'
  static override description =
    'Voters seal their ballots in their own browsers; this server never sees a choice. Stop it with Ctrl-C: it answers what it has taken, and a second Ctrl-C ends it at once. For voters elsewhere, put a web server with a certificate in front of it and say --trust-proxy. The log goes to standard error, as JSON lines without addresses.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --port 8443 --trust-proxy --mail mail.yaml',
    '<%= config.bin %> <%= command.id %> --backup-dir /mnt/safe --backup-every 1h --backup-keep 48',
  ]
  static override flags = {
    host: Flags.string({ description: 'The address to listen on.', default: '127.0.0.1' }),
    port: Flags.integer({ description: 'The port; 0 takes a free one.', default: 8080, min: 0, max: 65_535 }),
    'trust-proxy': Flags.boolean({
      description:
        'A proxy in front of it, and nobody else, reaches this port: believe what it says of clients.',
    }),
    mail: Flags.string({
      description: 'YAML or JSON with url (smtps://user:password@host) and from, to send one-time codes.',
      helpValue: 'FILE',
    }),
    sms: Flags.string({
      description: 'YAML or JSON with url, header and body of an SMS gateway, to send one-time codes.',
      helpValue: 'FILE',
    }),
    'backup-dir': Flags.string({
      description:
        'Make backups in this folder on its own, and one at once when an election opens or closes.',
      helpValue: 'FOLDER',
    }),
    'backup-every': Flags.string({
      description: 'Time from one backup to the next, such as 30m or 1d; 1h where nothing is said.',
      helpValue: 'TIME',
      dependsOn: ['backup-dir'],
    }),
    'backup-keep': Flags.integer({
      description: 'How many of the latest backups stay; 24 where nothing is said.',
      min: 1,
      dependsOn: ['backup-dir'],
    }),
    'rate-limit': Flags.integer({
      description: 'Requests a minute that one address may send; 0 for no limit.',
      default: 6000,
      min: 0,
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { flags } = await this.parse(Serve)
    const { 'backup-every': time = '1h', 'backup-keep': keep = 24 } = flags
    const every = durationOf(time, '--backup-every')
    const [{ startServing }, { openSenders }, { untilStopped }] = await Promise.all([
      import('../src/server/start-serving.ts'),
      import('../src/cli/delivery-settings.ts'),
      import('../src/cli/until-stopped.ts'),
    ])
    const path = urnaFileOf(flags)
    const passphrase = await readPassphrase(flags, path)
    const senders = await openSenders({ mail: flags.mail, sms: flags.sms })
    return this.withPassphrase({ path, passphrase, officer: 'urna serve' }, async (work) => {
      const requests = flags['rate-limit'] === 0 ? Number.MAX_SAFE_INTEGER : flags['rate-limit']
      const server = { log: process.stderr, trustProxy: flags['trust-proxy'], limits: { requests } }
      const templates = join(this.config.root, 'templates')
      const { host, port, 'backup-dir': folder } = flags
      const { url, stop } = await startServing({
        ...{ work, passphrase, host, port, senders },
        ...{ templates, server },
        backups: folder === undefined ? undefined : { folder, every, keep },
      })
      this.#welcome(url, { alone: flags['trust-proxy'] || isLoopback(host) })
      if (folder !== undefined) {
        this.note(`Backups go to ${printable(folder)} every ${time}; the latest ${keep} stay.`)
      }
      await untilStopped()
      this.note('Stopping: what was taken is being answered. Ctrl-C once more ends it at once.')
      await stop()
      return { url, stopped: true as const }
    })
  }

  #welcome(url: string, { alone }: { alone: boolean }): void {
    this.note(`Serving at ${url}. Stop it with Ctrl-C.`)
    this.note(`Voters vote at ${url}/vote/ELECTION, officers sign in at ${url}/officer.`)
    if (!alone) {
      this.note(
        'The connection is not encrypted: whoever is on the way can change the page that seals. Put a web server with a certificate in front, and say --trust-proxy.',
      )
    }
    this.next('urna key create, for officers who sign in')
  }
}
