import { Flags } from '@oclif/core'
import type { z } from 'zod'
import { notificationListOutput } from '../../src/audit/notification-outputs.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { ofOrganisation, organisationFlag } from '../../src/cli/organisation-flag.ts'
import { countOf, formatTable, printable } from '../../src/cli/output.ts'

export const output = notificationListOutput

export default class NotificationList extends FileCommand {
  static override summary = 'List what happened to the elections, the latest first.'
  static override description =
    'It comes from the audit log: what was done, and what only time or numbers show while urna serve runs, such as an election that closes within a day. What you have read is yours alone; on the dashboard you have marks of your own.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --unread --last 20',
  ]
  static override flags = {
    unread: Flags.boolean({ description: 'Only what you have not read.', default: false }),
    last: Flags.integer({ description: 'So many at most.', default: 50, min: 1, max: 1000 }),
    organisation: organisationFlag,
  }

  async run(): Promise<z.infer<typeof output>> {
    const { flags } = await this.parse(NotificationList)
    const { unread, last: limit, organisation } = flags
    const listed = await this.withFile(flags, async (work) => {
      const { listNotifications } = await import('../../src/audit/notifications.ts')
      return listNotifications(work, { organisation, unread, limit, reader: 'acting' })
    })
    this.say(`${countOf(listed.unread, 'notification')} not read.`)
    if (listed.notifications.length > 0) {
      const rows = listed.notifications.map(({ id, at, priority, read, text }) => [
        `${id}`,
        `${at.slice(0, 16).replace('T', ' ')} UTC`,
        priority,
        read ? 'read' : 'new',
        printable(text),
      ])
      this.say(formatTable({ head: ['Id', 'When', 'Priority', '', 'What'], rows }))
    }
    this.next(`urna notification read --all${ofOrganisation(organisation)}`)
    return listed
  }
}
