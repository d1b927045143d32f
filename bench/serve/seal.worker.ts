// A thread that seals one ballot for each token: all options of each question, ranked in an order of chance.
import { parentPort, workerData } from 'node:worker_threads'
import { encodeSelections } from '../../src/ballot/encoding.ts'
import { shuffled } from '../../src/ballot/shuffled.ts'
import { contestsOfSealedElection } from '../../src/election/sealed-election.ts'
import { sealBallot } from '../../src/sealing/ballot.ts'
import { credentialSecret } from '../../src/sealing/credential.ts'
import { parseElection } from '../../src/sealing/election.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'

const { election: json, tokens } = workerData as { election: string; tokens: readonly string[] }
const group = await loadGroup()
const election = parseElection(group, json)
if ('refused' in election) throw new Error(election.refused.code)
const contests = contestsOfSealedElection(election.parameters)!

const ballots = tokens.map((token) => {
  const choices = contests.map(({ ballot, options }) =>
    encodeSelections(
      { kind: 'ranking', ranks: shuffled([...options.keys()], group.randomBelow).map((option) => [option]) },
      ballot,
      options.length,
    ),
  )
  const secret = credentialSecret(group, { uuid: election.parameters.uuid, token })
  return sealBallot(group, { election, secret, choices }).json
})
parentPort!.postMessage(ballots)
