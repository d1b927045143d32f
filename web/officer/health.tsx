import type { Dashboard } from '../../src/election/dashboard-schema.ts'
import { formatMoment, formatNumber, message } from '../shared/messages.ts'

/** How the server is. */
export function Health({ health, zone }: { readonly health: Dashboard['health']; readonly zone: string }) {
  const { startedAt, lastVoteAt, queue, disk, backups } = health
  return (
    <section class="card">
      <h2>{message('officer.health')}</h2>
      <dl class="facts stacked">
        <dt>{message('officer.server')}</dt>
        <dd>{formatMoment(startedAt, zone)}</dd>
        <dt>{message('officer.lastVote')}</dt>
        <dd>{lastVoteAt === null ? message('officer.noLastVote') : formatMoment(lastVoteAt, zone)}</dd>
        <dt>{message('officer.queue')}</dt>
        <dd>{message('officer.waiting', { count: queue })}</dd>
        <dt>{message('officer.disk')}</dt>
        <dd>{message('officer.diskLine', { file: sizeOf(disk.file), free: sizeOf(disk.free) })}</dd>
        {backups !== null && <Backups {...backups} zone={zone} />}
      </dl>
    </section>
  )
}

type BackupsProps = NonNullable<Dashboard['health']['backups']> & { readonly zone: string }

function Backups({ lastAt, failing, zone }: BackupsProps) {
  return (
    <>
      <dt>{message('officer.backups')}</dt>
      <dd>
        {lastAt === null
          ? message('officer.backupNone')
          : message('officer.backupLast', { moment: formatMoment(lastAt, zone) })}
        {failing !== null && (
          <p class="bad" role="alert">
            {message('officer.backupFailing', { moment: formatMoment(failing.since, zone) })}
            {/* What the program says of it, it says in English. */}
            <span lang="en">: {failing.message}</span>
          </p>
        )}
      </dd>
    </>
  )
}

function sizeOf(bytes: number): string {
  const large = bytes >= 1e9
  return formatNumber(bytes / (large ? 1e9 : 1e6), {
    style: 'unit',
    unit: large ? 'gigabyte' : 'megabyte',
    maximumFractionDigits: 1,
  })
}
