import type { FastifyInstance } from 'fastify'
import type { Casting } from '../voting/casting.ts'
import { Busy } from '../voting/refusals.ts'
import { bodyOfRefusal } from './error-replies.ts'

/** The one route on which a rush comes. */
export const castingRoute = '/api/elections/:id/votes/'

/**
 * Turns ballots away by the head of their request, while there is no room for them. To be installed before all else that
 * looks at requests: the less a refusal costs, the more ballots get in.
 */
export function installBusyDoor(app: FastifyInstance, { casting }: { casting: Casting }): void {
  let told = { seconds: 0, text: '' }
  app.addHook('onRequest', (request, reply, done) => {
    const seconds = request.routeOptions.url === castingRoute ? casting.busyFor() : undefined
    if (seconds === undefined) return done()
    // The same thousands of times: to make it once is a third of the cost.
    if (told.seconds !== seconds) told = { seconds, text: JSON.stringify(bodyOfRefusal(new Busy(seconds))) }
    reply
      .status(503)
      .header('retry-after', seconds)
      .header('cache-control', 'no-store')
      .header('x-content-type-options', 'nosniff')
      .type('application/json; charset=utf-8')
      .send(told.text)
  })
}
