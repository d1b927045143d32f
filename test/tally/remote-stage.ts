import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { closeElection } from '../../src/election/close-election.ts'
import { findElection } from '../../src/election/find-election.ts'
import { openElection } from '../../src/election/open-election.ts'
import { generateTrustee } from '../../src/tally/generate-trustee.ts'
import { readPublicKeyFile } from '../../src/tally/key-file.ts'
import type { Invitation } from '../../src/tally/remote/invitation.ts'
import { inviteTrustees } from '../../src/tally/remote/invite-trustees.ts'
import { type RemoteWork, workRemotely } from '../../src/tally/remote/work-remotely.ts'
import { addTrustee } from '../../src/tally/trustees.ts'
import { issueTokens } from '../../src/voting/issue-tokens.ts'
import { type Middleman, middleman } from '../support/middleman.ts'
import { type Answer, ask } from '../support/office.ts'
import { type Serving, serve } from '../support/serving.ts'
import { formOf, group, ingestAll, sealVote, tokensIn } from '../voting/fixtures.ts'
import { type CeremonyStage, ceremonyStage } from './small-ceremony.ts'
import { choice, ranking } from './small-election.ts'

/** A draft whose trustees work through a server, with somebody in between. */
export interface RemoteStage extends CeremonyStage {
  readonly serving: Serving
  readonly between: Middleman
  /** All that the server has logged. */
  log(): string
  /** Path of the file; its server is the one in between. */
  invitation(name: string): string
  /** What a trustee types. */
  act(name: string, options?: { keyFile?: string; invitation?: string }): Promise<RemoteWork>
  /** Everybody, one after the other. */
  everybody(): Promise<Map<string, RemoteWork>>
  /** Until every key is there and tried. */
  ceremony(): Promise<void>
  /** What anybody sends to the routes of trustees. @param path behind `trustee/` */
  send(secret: string | undefined, path?: string, body?: unknown): Promise<Answer>
  secretOf(name: string): string
  /** Opens the vote, takes in ballots and closes it. */
  vote(): Promise<void>
}

/** @param options.besides a trustee without whom nothing opens */
export async function remoteStage(options: {
  threshold: number
  names: readonly string[]
  besides?: string
}): Promise<RemoteStage> {
  const { threshold, names, besides } = options
  const stage = await ceremonyStage({ threshold, names })
  const { work, slug, folder } = stage
  if (besides !== undefined) {
    mkdirSync(stage.home(besides))
    const made = await generateTrustee(group, { name: besides, folder: stage.home(besides) })
    await addTrustee({ work, group }, { slug, file: await readPublicKeyFile(group, made.publicFile) })
  }
  let log = ''
  const lines = {
    write: (line: string) => {
      log += line
    },
  }
  const serving = await serve(stage, { log: lines, limits: { trustees: 1e6, failedKeys: 1e6 } })
  const between = await middleman(serving.url)
  const { invited } = await inviteTrustees(work, {
    ...{ slug, server: between.url, folder, again: undefined },
  })
  const files = new Map(invited.map(({ name, file }) => [name, file]))
  const invitation = (name: string) => files.get(name)!
  const remote: RemoteStage = {
    ...stage,
    ...{ serving, between, log: () => log, invitation },
    act: (name, { keyFile, invitation: other } = {}) =>
      workRemotely(group, {
        ...{ invitation: other ?? invitation(name), keyFile, folder: stage.home(name) },
        ...{ onStep: () => {}, progress: () => {} },
      }),
    async everybody() {
      const done = new Map<string, RemoteWork>()
      for (const name of stage.names) done.set(name, await remote.act(name))
      return done
    },
    async ceremony() {
      for (let turn = 1; turn <= 4; turn++) await remote.everybody()
    },
    send: (secret, path = '', body) =>
      ask(`${serving.url}/api/elections/${slug}/trustee/${path}`, {
        ...(secret !== undefined && { key: secret }),
        ...(body !== undefined && { method: 'POST', body }),
      }),
    secretOf: (name) => (JSON.parse(readFileSync(invitation(name), 'utf8')) as Invitation).secret,
    async vote() {
      const out = join(folder, 'tokens.csv')
      await issueTokens({ work, group }, { election: slug, out, reserve: 0, expires: undefined })
      await openElection({ work, group }, slug)
      const { sealed_json } = await work.read((tx) => findElection(tx, slug))
      const opened = { form: formOf(sealed_json ?? ''), tokens: tokensIn(out) }
      const ballots = [...opened.tokens.keys()].map((number, i) =>
        sealVote(opened, number, [choice(i % 2), ranking(i % 3, (i + 1) % 3)]),
      )
      await ingestAll(work, ballots, { election: slug })
      await closeElection({ work, group }, slug)
    },
    async close() {
      await between.close()
      await serving.close()
      await stage.close()
    },
  }
  return remote
}

/** A copy of an invitation with something else in it. */
export function alteredInvitation(
  stage: RemoteStage,
  name: string,
  change: (invitation: Invitation) => void,
): string {
  const invitation = JSON.parse(readFileSync(stage.invitation(name), 'utf8')) as Invitation
  change(invitation)
  const file = join(stage.folder, `altered-${name}.invitation.json`)
  writeFileSync(file, JSON.stringify(invitation))
  return file
}
