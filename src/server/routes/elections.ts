import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { addContest, requireContestWelcome } from '../../election/add-contest.ts'
import {
  candidateRequestSchema,
  contestRequestSchema,
  electionConfigSchema,
} from '../../election/config-schema.ts'
import { draftOfContest } from '../../election/draft-of-fields.ts'
import {
  candidatesImportedOutput,
  contestAddedOutput,
  editedOutput,
  outputOfContestAdded,
  outputOfEdited,
} from '../../election/draft-outputs.ts'
import { editElection, versionOf } from '../../election/edit-election.ts'
import { electionOutput, outputOfElection } from '../../election/election-output.ts'
import { importCandidates } from '../../election/import-candidates.ts'
import { optionDraftOf } from '../../election/read-config.ts'
import { rightsShape } from '../../election/rights.ts'
import { showElection } from '../../election/show-election.ts'
import { given } from '../../given.ts'
import type { ServerContext } from '../context.ts'
import { forElection, named, officerOf, refused, security } from '../officer-routes.ts'
import { requireDraftWithin } from '../within-unit.ts'

const tags = ['elections']
const fields = electionConfigSchema.shape
const time = fields.opens.unwrap().nullish()

/** What is left out stays as it is; null for no announced time. */
const changes = z.strictObject({
  title: fields.title.optional(),
  description: fields.description,
  zone: fields.zone,
  opens: time,
  closes: time,
  recast: fields.recast,
  code: fields.code,
  visibility: fields.visibility,
  allow_invalid: fields.allow_invalid,
  live_voting: fields.live_voting,
  keep_days: fields.keep_days,
  ...rightsShape,
  eligibility: fields.eligibility,
  reason: z.string().max(2000).optional().meta({ description: 'Why, for the log; needed where it is open.' }),
})

const candidates = z.strictObject({
  contest: fields.title.optional().meta({ description: 'Title or number; not needed where there is one.' }),
  candidates: z
    .array(z.union([fields.title, candidateRequestSchema], 'a name, or an entry with a name'))
    .max(5000),
  strict: z.boolean().optional().meta({ description: 'Change nothing if any can not be taken.' }),
})

/** An election and what is on its ballot. */
export async function electionRoutes(app: FastifyInstance, context: ServerContext): Promise<void> {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  routes.get(
    '/api/elections/:id/',
    {
      onRequest: forElection(context, 'election:read'),
      schema: {
        ...{ tags, security, params: named },
        summary: 'Its state, contests, turnout, trustees and what comes next.',
        description: 'The ETag is of the description that PATCH changes: send it back as If-Match.',
        response: { 200: electionOutput, '4xx': refused },
      },
    },
    async (request, reply) => {
      const overview = await showElection(officerOf(request).work, request.params.id)
      reply.header('etag', `"${versionOf(overview.election)}"`)
      return outputOfElection(overview)
    },
  )
  routes.patch(
    '/api/elections/:id/',
    {
      onRequest: forElection(context, 'election:edit'),
      schema: {
        ...{ tags, security, params: named, body: changes },
        summary: 'Change a draft; of an open election, when it closes; of any, how long its voters are kept.',
        description: 'With If-Match nothing is changed if another officer was faster: status 412.',
        headers: z.looseObject({ 'if-match': z.string().max(100).optional() }),
        response: { 200: editedOutput, '4xx': refused },
      },
    },
    async (request) => {
      const { actor, work } = officerOf(request)
      const { reason, ...requested } = request.body
      const { eligibility } = requested
      if (eligibility !== undefined) {
        await requireDraftWithin(work, actor, { action: 'election:edit', eligibility })
      }
      const edited = await editElection(
        { work, group: context.group },
        {
          election: request.params.id,
          changes: given(requested),
          reason,
          rehearsal: false,
          version: versionIn(request.headers['if-match']),
        },
      )
      return outputOfEdited(edited, actor.dryRun)
    },
  )
  routes.post(
    '/api/elections/:id/positions/',
    {
      onRequest: forElection(context, 'contest:edit'),
      schema: {
        ...{ tags, security, params: named, body: contestRequestSchema },
        summary: 'Add a contest to a draft.',
        response: { 201: contestAddedOutput, '4xx': refused },
      },
    },
    async (request, reply) => {
      const { work } = officerOf(request)
      const { visibility } = await requireContestWelcome(work, request.params.id)
      const draft = draftOfContest(request.body, visibility)
      const added = await addContest(work, { election: request.params.id, draft })
      return reply.status(201).send(outputOfContestAdded(added, draft))
    },
  )
  routes.post(
    '/api/elections/:id/candidates/',
    {
      onRequest: forElection(context, 'candidate:edit'),
      schema: {
        ...{ tags, security, params: named, body: candidates },
        summary: 'Put candidates on the ballot of a draft.',
        description:
          'Who is there already, by name, is brought up to date. Those that can not be taken are part of the answer, by their number in the list.',
        response: { 200: candidatesImportedOutput, '4xx': refused },
      },
    },
    async (request) => {
      const { actor, work } = officerOf(request)
      const { contest, strict = false } = request.body
      const rows = request.body.candidates.map((candidate, index) => ({
        line: index + 1,
        contest: undefined,
        option: optionDraftOf(candidate),
      }))
      const file = { name: 'the request', rows, rejected: [], ignored: [] }
      const wanted = { election: request.params.id, contest, file, rehearsal: false, strict }
      return { ...(await importCandidates(work, wanted)), dryRun: actor.dryRun }
    },
  )
}

/** `*` fits whatever there is; a list of several fits none. */
function versionIn(header: string | undefined): string | undefined {
  return header === undefined || header === '*' ? undefined : header.replace(/^"(.*)"$/, '$1')
}
