import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { keepSchedule } from '../../src/election/keep-schedule.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { UnitOfWork } from '../../src/store/unit-of-work.ts'
import { openUrnaFile } from '../../src/store/urna-file.ts'

/** A process that keeps the schedule of a file once, when told on standard input, and prints what it did. */
const [path = '', passphrase = '', now = ''] = process.argv.slice(2)
const group = await loadGroup()
const file = await openUrnaFile({ path, passphrase })
const work = new UnitOfWork({ file, clock: { now: () => new Date(now) }, officer: 'schedule' })
process.stdout.write('ready\n')
const [start] = await once(process.stdin, 'data')
await setTimeout(Number(start) - Date.now())
process.stdout.write(JSON.stringify(await keepSchedule({ work, group })))
await file.close()
process.stdin.destroy()
