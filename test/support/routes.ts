import type { FastifyInstance } from 'fastify'

/** Every route that the server has, from its own table: `GET /api/elections/:id`, without a slash at the end. */
export function routesOf(app: FastifyInstance): string[] {
  const parents: string[] = []
  const routes: string[] = []
  for (const line of app.printRoutes({ commonPrefix: false }).split('\n')) {
    const [, indent, part, methods] = /^(.*?)[└├]── (.*?) \((.+)\)$/.exec(line) ?? []
    if (indent === undefined || part === undefined || methods === undefined) continue
    const depth = indent.length / 4
    const path = `${parents.slice(0, depth).at(-1) ?? ''}${part}`.replace(/^\/\//, '/')
    parents[depth] = path
    for (const method of methods.split(', ')) routes.push(`${method} ${path.replace(/(.)\/$/, '$1')}`)
  }
  return routes.sort()
}
