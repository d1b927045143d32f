import { Flags } from '@oclif/core'
import type { z } from 'zod'
import { notificationReadOutput } from '../../src/audit/notification-outputs.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { ofOrganisation, organisationFlag } from '../../src/cli/organisation-flag.ts'
import { countOf } from '../../src/cli/output.ts'
import { InvalidInput } from '../../src/cli/refusals.ts'

export const output = notificationReadOutput

export default class NotificationRead extends FileCommand {
  static override summary = 'Mark notifications as read, for you alone.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --all',
    '<%= config.bin %> <%= command.id %> --id 12 --id 15',
  ]
  static override flags = {
    id: Flags.integer({
      description: 'Id of a notification, as urna notification list shows it; as often as needed.',
      helpValue: 'ID',
      min: 1,
      multiple: true,
      multipleNonGreedy: true,
    }),
    all: Flags.boolean({ description: 'All that there are.', default: false, exclusive: ['id'] }),
    organisation: organisationFlag,
  }

  async run(): Promise<z.infer<typeof output>> {
    const { flags } = await this.parse(NotificationRead)
    const { id, all, organisation } = flags
    if (id === undefined && !all) throw new InvalidInput('Give --id ID, or --all.')
    const done = await this.withFile(flags, async (work) => {
      const { readNotifications } = await import('../../src/audit/notifications.ts')
      return readNotifications(work, { organisation, ids: id, reader: 'acting' })
    })
    this.say(`${countOf(done.read, 'notification')} marked as read.`)
    this.next(`urna notification list${ofOrganisation(organisation)}`)
    return done
  }
}
