import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { UrnaCommand } from '../../src/cli/base-command.ts'
import { countOf, printable } from '../../src/cli/output.ts'
import { startProgress } from '../../src/cli/progress.ts'

const count = z.int().nonnegative()

export const output = z.strictObject({
  election: z.string(),
  voters: count,
  reserve: count,
  secretFile: z.string(),
  publicFile: z.string(),
})

export default class TokenGenerate extends UrnaCommand {
  static override summary = 'Make the tokens of an election on the credential officer’s own machine.'
  static override description =
    'No .urna file and no passphrase is needed. The tokens are written to a file once, for its owner alone: hand them out, and never to who runs the vote. Their public halves go to the officer of the election.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> board-2026-token-request.json',
    '<%= config.bin %> <%= command.id %> board-2026-token-request.json --links https://vote.chapter.example',
    '<%= config.bin %> <%= command.id %> board-2026-token-request.json --replace 1042',
  ]
  static override args = {
    request: Args.string({
      description: 'The file that the officer of the election wrote with urna token request.',
      required: true,
    }),
  }
  static override flags = {
    out: Flags.string({
      description: 'Folder for the two files. Neither is ever overwritten.',
      default: '.',
    }),
    replace: Flags.string({
      description: 'Only a new token for this voter, in the place of one that was lost. Before the opening.',
      multiple: true,
      helpValue: 'NUMBER',
    }),
    links: Flags.string({
      description:
        'Add a column with links to the ballot page of the server at this address, each with its token.',
      helpValue: 'https://HOST',
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(TokenGenerate)
    const [{ generateTokens }, { loadGroup }] = await Promise.all([
      import('../../src/voting/generate-tokens.ts'),
      import('../../src/sealing/group-sodium.ts'),
    ])
    const progress = startProgress('Making tokens', 0)
    const made = await generateTokens(
      { group: await loadGroup(), progress: progress.update },
      { request: args.request, folder: flags.out, replace: flags.replace ?? [], links: flags.links },
    ).finally(progress.stop)
    const { election, voters, reserve, secretFile, publicFile } = made
    const spare = reserve === 0 ? '' : ` and ${countOf(reserve, 'reserve token')}`
    this.say(`${countOf(voters, 'token')}${spare}.`)
    this.say(`Tokens:        ${printable(secretFile)}   the only copy: hand them out, and show it to nobody`)
    this.say(`Public halves: ${printable(publicFile)}   send it to the officer of the election`)
    const reason = flags.replace === undefined ? '' : ' --reason WHY'
    this.next(`the officer types: urna token register ${election} ${printable(publicFile)}${reason}`)
    return made
  }
}
