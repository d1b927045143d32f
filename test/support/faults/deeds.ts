import type { StageName } from './plays.ts'

/** A command as an officer, a trustee or a voter types it. */
export interface Deed {
  /** Where the election stands. */
  readonly at: StageName
  readonly words: string
  /** With which status the same command ends once it was done; 0 if nothing is said. */
  readonly again?: number
  /** With which status it ends; 0 if nothing is said. */
  readonly ends?: number
  /** It is done in steps, each of which is whole; repeating it goes on. */
  readonly inSteps?: boolean
  /** What it prints is no promise: it comes before the files, and says nothing of them. */
  readonly shows?: boolean
  /** Columns whose values it draws by lot. */
  readonly drawn?: readonly string[]
}

/** Commands that read, or write to the terminal only. */
export const reading = [
  ...['autocomplete:fish', 'insights', 'status'],
  ...['audit:show', 'audit:verify', 'board', 'candidate:list', 'doctor', 'election:list', 'election:show'],
  ...['key:list', 'method:list', 'method:show', 'officer:list', 'organisation:list', 'roll:show'],
  ...['delegation:list', 'nomination:list', 'paper:list', 'presence:list', 'roll:diff', 'unit:list'],
  ...['notification:list', 'webhook:list', 'webhook:deliveries'],
  ...['approval:list', 'incident:list', 'token:list', 'trustee:list', 'verify', 'voter:list'],
] as const

/** Commands that are tried elsewhere, and where. */
export const elsewhere = {
  // Runs the other commands, one after the other, in a new folder.
  demo: 'test/e2e/demo.test.ts',
  serve: 'test/crash/casting.test.ts',
  // With a server, and the connection lost at every request; its files are those of trustee continue.
  'trustee:work': 'test/tally/remote.test.ts',
  // With a mail server that puts off, refuses and breaks off; SMS and reminders go the same way.
  'send:mail': 'test/crash/mailing.test.ts',
  'send:reminders': 'test/crash/mailing.test.ts',
  'send:sms': 'test/crash/mailing.test.ts',
  // The system's keychain, and nothing of ours.
  'passphrase:forget': 'test/cli/passphrase.test.ts',
  'passphrase:remember': 'test/cli/passphrase.test.ts',
  // Lists made-up members, and has no file.
  'dummy-service': 'test/register/member-service.test.ts',
  // With a service that fails, lies and is slow; what it lists is one transaction.
  'voter:check': 'test/register/member-service.test.ts',
  'voter:fetch': 'test/register/member-service.test.ts',
  // One transaction, as unit add, which is below; no stage has units.
  'unit:import': 'test/organisation/unit-commands.test.ts',
  'unit:move': 'test/organisation/unit-commands.test.ts',
  'unit:remove': 'test/organisation/unit-commands.test.ts',
  // One transaction each, of what no stage has; what is posted is tried with a server.
  'notification:read': 'test/audit/notifications.test.ts',
  'webhook:add': 'test/delivery/webhooks.test.ts',
  'webhook:remove': 'test/delivery/webhooks.test.ts',
  'webhook:test': 'test/delivery/webhooks.test.ts',
  // One transaction each, in an election with papers, which no stage has.
  'paper:print': 'test/voting/paper/papers.test.ts',
  'paper:strike': 'test/voting/paper/papers.test.ts',
  'paper:batch': 'test/voting/paper/papers.test.ts',
  'paper:enter': 'test/voting/paper/papers.test.ts',
  // One transaction each, as candidate edit, which is below; of nominations that no stage has.
  'nomination:open': 'test/election/nominations.test.ts',
  'nomination:add': 'test/election/nominations.test.ts',
  'nomination:invite': 'test/election/nominations.test.ts',
  'nomination:accept': 'test/election/nominations.test.ts',
  'nomination:decline': 'test/election/nominations.test.ts',
  'nomination:merge': 'test/election/nominations.test.ts',
  'nomination:close': 'test/election/nominations.test.ts',
} as const

/** Every other command that changes the file or writes another. */
export const deeds: Readonly<Record<string, readonly Deed[]>> = {
  init: [{ at: 'nothing', words: 'init club.urna --organisation Club', again: 5 }],
  'passphrase:change': [
    { at: 'founded', words: 'passphrase change --new-passphrase-file another.txt', again: 7 },
  ],
  'organisation:add': [{ at: 'founded', words: 'organisation add South', again: 5 }],
  'organisation:edit': [{ at: 'founded', words: 'organisation edit club --name Clubs' }],
  'unit:add': [{ at: 'founded', words: 'unit add North --kind region', again: 5 }],
  'officer:add': [
    { at: 'founded', words: 'officer add Ida --email ida@club.example --role observer', again: 5 },
  ],
  'officer:edit': [{ at: 'draft', words: 'officer edit oda@club.example --name Ode' }],
  'officer:remove': [{ at: 'draft', words: 'officer remove oda@club.example' }],
  'officer:generate': [{ at: 'founded', words: 'officer generate Ida', again: 5 }],
  'officer:register': [{ at: 'draft', words: 'officer register oda@club.example oda.officer.public.json' }],
  'key:create': [{ at: 'draft', words: 'key create oda@club.example --scope all' }],
  'key:revoke': [{ at: 'draft', words: 'key revoke {key}' }],
  'voter:import': [
    { at: 'founded', words: 'voter import more.csv --yes' },
    { at: 'founded', words: 'voter import rejected.csv --yes --rejects rejects.csv', again: 5 },
  ],
  'voter:service': [{ at: 'founded', words: 'voter service https://members.example/ --max-age 2h' }],
  'voter:purge': [{ at: 'certified', words: 'voter purge --confirm club' }],
  backup: [{ at: 'voted', words: 'backup --out safe.urna', again: 5 }],
  restore: [
    { at: 'backed up', words: 'restore safe.urna --to again.urna', again: 4 },
    { at: 'backed up', words: 'restore safe.urna --to club.urna --confirm club.urna', drawn: ['details'] },
  ],
  'audit:export': [{ at: 'tallied', words: 'audit export --out log.jsonl' }],
  'delegation:add': [{ at: 'founded', words: 'delegation add 1 2 --reason Away', again: 5 }],
  'delegation:import': [{ at: 'founded', words: 'delegation import delegations.csv --reason Away --yes' }],
  'delegation:revoke': [{ at: 'given', words: 'delegation revoke 1 --reason Back', again: 3 }],
  'presence:set': [{ at: 'founded', words: 'presence set --present 1' }],
  'weight:set': [{ at: 'draft', words: 'weight set 1 2.5 club' }],
  'election:create': [{ at: 'founded', words: 'election create --from election.yaml', again: 5 }],
  'election:edit': [{ at: 'draft', words: 'election edit club --title Clubs' }],
  'election:delete': [{ at: 'draft', words: 'election delete club --confirm club', again: 3 }],
  'election:export-config': [{ at: 'draft', words: 'election export-config club --out config.yaml' }],
  'election:open': [{ at: 'issued', words: 'election open club' }],
  'election:pause': [{ at: 'voted', words: 'election pause club' }],
  'election:close': [{ at: 'voted', words: 'election close club --confirm club' }],
  'election:cancel': [{ at: 'voted', words: 'election cancel club --confirm club --reason Mistake' }],
  'election:reset': [{ at: 'voted', words: 'election reset club --confirm club --reason Mistake' }],
  'election:publish': [{ at: 'tallied', words: 'election publish club' }],
  'election:unpublish': [{ at: 'announced', words: 'election unpublish club --reason Mistake' }],
  'election:certify': [{ at: 'published', words: 'election certify club --key ada.officer.private.json' }],
  'election:archive': [{ at: 'certified', words: 'election archive club' }],
  'election:purge': [{ at: 'certified', words: 'election purge club --confirm club', drawn: ['voter_id'] }],
  'election:anonymise': [{ at: 'signed', words: 'election anonymise signed --confirm signed' }],
  'approval:request': [
    { at: 'guarded', words: 'approval request club close --key ada.officer.private.json' },
  ],
  'approval:grant': [{ at: 'asked', words: 'approval grant 1 --key ben.officer.private.json', again: 4 }],
  'approval:refuse': [{ at: 'asked', words: 'approval refuse 1 --key ben.officer.private.json', again: 4 }],
  'incident:add': [
    { at: 'voted', words: 'incident add club --kind technical --text Slow --affected 1 --of voters' },
  ],
  'incident:resolve': [{ at: 'troubled', words: 'incident resolve club 1 --resolution Mended', again: 2 }],
  'contest:add': [
    { at: 'draft', words: 'contest add club --title Treasurer --candidate Ivy --candidate Jo', again: 4 },
  ],
  'contest:edit': [{ at: 'draft', words: 'contest edit Chair club --title Chairs', again: 3 }],
  'contest:remove': [{ at: 'draft', words: 'contest remove Chair club', again: 3 }],
  'candidate:edit': [{ at: 'draft', words: 'candidate edit Ada club --party Rowers' }],
  'candidate:import': [{ at: 'draft', words: 'candidate import candidates.csv club --contest Committee' }],
  'candidate:remove': [{ at: 'draft', words: 'candidate remove Cy club', again: 3 }],
  'trustee:generate': [{ at: 'draft', words: 'trustee generate Dora', again: 5 }],
  'trustee:add': [{ at: 'draft', words: 'trustee add carl.public.json club' }],
  'trustee:remove': [{ at: 'draft', words: 'trustee remove Bea club', again: 3 }],
  'trustee:backup': [{ at: 'draft', words: 'trustee backup bea.private.json --out bea.pdf', again: 5 }],
  'trustee:restore': [
    {
      ...{ at: 'draft', again: 5 },
      words: 'trustee restore --name Bea --words-file words.txt --public-key {public} --out restored',
    },
  ],
  'trustee:group': [{ at: 'draft', words: 'trustee group club --threshold 2 --of Xan,Yve' }],
  'trustee:message': [{ at: 'grouped', words: 'trustee message club' }],
  'trustee:continue': [
    { at: 'first round', words: 'trustee continue *.round-1.json --name Xan --folder xan' },
    { at: 'second round', words: 'trustee continue *.round-2.json --folder xan' },
    { at: 'third round', words: 'trustee continue *.round-3.json --folder xan' },
    { at: 'all keys', words: 'trustee continue *.trustees.json --folder xan' },
    { at: 'closed', words: 'trustee continue closed.bel --key bea.private.json' },
  ],
  'trustee:invite': [{ at: 'draft', words: 'trustee invite club --server https://vote.club.example' }],
  'send:bounces': [{ at: 'mailed', words: 'send bounces returned' }],
  'send:letters': [
    {
      at: 'open',
      words:
        'send letters club --tokens tokens.csv --links https://vote.club.example --address= --out letters.pdf',
      again: 5,
    },
  ],
  'send:status': [{ at: 'voted', words: 'send status club --unreached unreached.csv', again: 5 }],
  'send:unsubscribe': [{ at: 'voted', words: 'send unsubscribe 3' }],
  'token:issue': [{ at: 'draft', words: 'token issue club --reserve 2 --out tokens.csv' }],
  'token:replace': [
    { at: 'issued', words: 'token replace club 3 --reason Lost --out again.csv', again: 5 },
    { at: 'voted', words: 'token replace club 3 --reason Lost' },
  ],
  'token:request': [{ at: 'draft', words: 'token request club --out request.json', again: 5 }],
  'token:generate': [{ at: 'requested', words: 'token generate request.json', again: 5 }],
  'token:register': [{ at: 'generated', words: 'token register club club-credentials.json' }],
  'roll:correct': [{ at: 'voted', words: 'roll correct club --strike 3 --reason Left' }],
  vote: [
    {
      at: 'voted',
      words: 'vote club.election.json --token-file 1.token --choices 1.choices --out again.json',
      again: 5,
    },
    { at: 'voted', words: 'vote club.election.json --page page.html', again: 5 },
  ],
  'ballot:ingest': [{ at: 'open', words: 'ballot ingest ballots' }],
  'trustee:shuffle': [
    { at: 'closed', words: 'trustee shuffle closed.bel --key bea.private.json --out made.json', again: 5 },
  ],
  'trustee:decrypt': [
    {
      at: 'shuffled',
      words: 'trustee decrypt shuffled.bel --key bea.private.json --shuffle shuffle.json --out made.json',
      again: 5,
    },
  ],
  'trustee:receive': [
    { at: 'closed', words: 'trustee receive shuffle.json' },
    { at: 'shuffled', words: 'trustee receive decryption.json' },
  ],
  'tally:run': [
    { at: 'closing', words: 'tally run club', ends: 4, inSteps: true },
    { at: 'decrypted', words: 'tally run club', inSteps: true },
  ],
  'tally:enter': [{ at: 'by hand', words: 'tally enter show totals.csv', inSteps: true }],
  summary: [{ at: 'tallied', words: 'summary club', shows: true }],
  'tally:show': [{ at: 'tallied', words: 'tally show club', shows: true }],
  'runoff:create': [{ at: 'tallied', words: 'runoff create club' }],
  'export:archive': [{ at: 'tallied', words: 'export archive club --out out.bel' }],
  'board:watch': [{ at: 'watched', words: 'board watch {board} --keep kept --once', inSteps: true }],
  'export:blt': [{ at: 'tallied', words: 'export blt club --contest Committee --out out.blt' }],
  'export:cdf': [{ at: 'tallied', words: 'export cdf club --out out.json' }],
  'export:csv': [{ at: 'tallied', words: 'export csv club --out out.csv' }],
  'export:html': [{ at: 'tallied', words: 'export html club --out out.html' }],
  'export:json': [{ at: 'tallied', words: 'export json club --out out.json' }],
  'export:pdf': [{ at: 'tallied', words: 'export pdf club --out out.pdf' }],
  'export:xlsx': [{ at: 'tallied', words: 'export xlsx club --out out.xlsx' }],
  convert: [{ at: 'tallied', words: 'convert ballots.blt out.csv', again: 5 }],
  count: [
    {
      at: 'tallied',
      words: 'count ballots.blt --method irv --csv out.csv --html out.html',
      again: 5,
      shows: true,
    },
  ],
}
