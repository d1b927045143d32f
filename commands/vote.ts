import { basename, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import type { SplitChoice } from '../src/ballot/clear-choice.ts'
import type { Selections } from '../src/ballot/selections.ts'
import { UrnaCommand } from '../src/cli/base-command.ts'
import { printable } from '../src/cli/output.ts'
import type { SealedContest } from '../src/election/sealed-election.ts'
import { secrecySentence } from '../src/election/secrecy.ts'
import type { PublicElection } from '../src/voting/public-election.ts'

export const output = z.strictObject({
  election: z.string(),
  uuid: z.string(),
  fingerprint: z.string(),
  /** The sealed ballot, or the page. */
  file: z.string(),
  /** Null where a page was written, and nothing was sealed yet. */
  trackingCode: z.string().nullable(),
})

export default class Vote extends UrnaCommand {
  static override summary = 'Make a ballot, on your own machine.'
  static override description =
    `Wants the public file of the election, or its public archive, and your voting token; no password, no network. The ballot is sealed before it is written: only the trustees of the election together can open it. In an election that is not secret it is signed and not sealed; that is said before anything is asked.

With --choices the ballot is not asked for but read from a file:
{"contests":[
  {"contest":"Chair","choices":["Ada"]},
  {"contest":"Committee","ranking":["Di","Eli"]},
  {"contest":"Treasurer","choices":[],"writeIn":"Flo"},
  {"contest":"Park","grades":{"Elm":"Good","Oak":"Poor"}},
  {"contest":5,"blank":true}]}
A contest is named by its title or its place on the ballot. In a ranking the best comes first, and a list in it, like ["Di","Eli"], is a shared rank. Scores are written as grades are: "scores":{"Elm":5}. Where an election that is not secret allows it, a weight is divided: {"contest":"Chair","split":[{"weight":"0.3","choices":["Ada"]},{"weight":"0.7","choices":["Bo"]}]}.

With --page nothing is asked: it writes one HTML file that any browser opens without a network, seals in it, and saves a sealed ballot for urna ballot ingest.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> board-2026.election.json',
    '<%= config.bin %> <%= command.id %> board-2026.bel --token-file token.txt --choices choices.json --out my.ballot.json',
    '<%= config.bin %> <%= command.id %> board-2026.bel --page ballot.html',
  ]
  static override args = {
    election: Args.string({
      description: 'The public election (.election.json) or archive (.bel).',
      required: true,
    }),
  }
  static override flags = {
    'token-file': Flags.string({
      description: 'Read the token from this file, or from standard input with -; without it, you are asked.',
    }),
    choices: Flags.string({ description: 'Read what you choose from this file; without it, you are asked.' }),
    page: Flags.string({
      description: 'Write a page that seals ballots without a network to this file. Never overwritten.',
      exclusive: ['token-file', 'choices', 'out'],
    }),
    out: Flags.string({ char: 'o', description: 'The file for the sealed ballot. Never overwritten.' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(Vote)
    const [
      { loadGroup },
      { readPublicElection },
      { checkToken, sealVote },
      { tokenOfText },
      files,
      naming,
      asking,
    ] = await Promise.all([
      import('../src/sealing/group-sodium.ts'),
      import('../src/voting/election-file.ts'),
      import('../src/voting/seal-vote.ts'),
      import('../src/voting/token-text.ts'),
      import('../src/voting/ballot-file.ts'),
      import('../src/voting/ballot-file-name.ts'),
      import('../src/cli/ask-voter.ts'),
    ])
    const group = await loadGroup()
    const note = (line: string) => this.note(line)
    const election = await readPublicElection(group, args.election)
    if (flags.page !== undefined) return this.#writePage(election, args.election, flags.page)
    if (flags.out !== undefined) await files.requireFreeBallotFile(flags.out)
    this.#introduce(election)
    const path = flags['token-file']
    const token = path === undefined ? await asking.askToken(note) : tokenOfText(await readToken(path))
    checkToken(group, election, token)
    const selections =
      flags.choices === undefined
        ? await asking.askSelections(election.contests, note)
        : await readChoices(flags.choices, election.contests)
    const { json, trackingCode } = sealVote(group, { election, token, selections })
    const file = flags.out ?? naming.ballotFileName(args.election, trackingCode)
    await files.writeBallotFile(file, json)
    this.#conclude(file, trackingCode, election.form.visibility === 'secret')
    const { name, uuid, fingerprint } = election.form
    return { election: name, uuid, fingerprint, file, trackingCode }
  }

  async #writePage(election: PublicElection, source: string, file: string): Promise<z.infer<typeof output>> {
    const [{ readFile }, { offlinePage }, { writeBallotFile }] = await Promise.all([
      import('node:fs/promises'),
      import('../src/voting/offline-page.ts'),
      import('../src/voting/ballot-file.ts'),
    ])
    const shell = await readFile(join(this.config.root, 'templates', 'page.html'), 'utf8')
    await writeBallotFile(file, offlinePage(election, { name: basename(source), shell }), '--page')
    const { name, uuid, fingerprint } = election.form
    this.say(`The page is in ${file}. It makes ballots of “${printable(name)}” without a network.`)
    this.note('Take in what voters save with it: urna ballot ingest FILE …')
    return { election: name, uuid, fingerprint, file, trackingCode: null }
  }

  #introduce({ form, secrecy }: PublicElection): void {
    this.note(printable(form.name))
    this.note(`Fingerprint of the election: ${form.fingerprint}`)
    this.note('It must be the one that the election office has published.')
    this.note(`${secrecySentence(secrecy)}\n`)
  }

  #conclude(file: string, trackingCode: string, sealed: boolean): void {
    this.say(`Tracking code: ${trackingCode}`)
    this.say(
      sealed
        ? `Your sealed ballot is in ${file}. Send it to the election office: your choices can't be read from it.`
        : `Your ballot is in ${file}, signed and not sealed: whoever has it can read your choices. Send it to the election office.`,
    )
    this.note(
      'Keep the tracking code: the public board lists it once your ballot is in the box. Look it up with:',
    )
    this.note(`  urna board --archive ARCHIVE.bel --find ${trackingCode}`)
  }
}

async function readToken(path: string): Promise<string> {
  if (path === '-') return text(process.stdin)
  const { readTextInput } = await import('../src/interchange/read-input.ts')
  return readTextInput(path)
}

async function readChoices(
  path: string,
  contests: readonly SealedContest[],
): Promise<(Selections | SplitChoice)[]> {
  const [{ readTextInput }, { selectionsOfChoices }] = await Promise.all([
    import('../src/interchange/read-input.ts'),
    import('../src/voting/choices.ts'),
  ])
  return selectionsOfChoices(await readTextInput(path), contests)
}
