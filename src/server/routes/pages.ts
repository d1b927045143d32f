import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { WebAsset, WebAssets } from '../web-assets.ts'

/** Where each page is; what comes after its name is read by the page itself. */
const addresses: Readonly<Record<string, readonly string[]>> = {
  home: ['/'],
  vote: ['/vote/:election'],
  board: ['/board/:election'],
  results: ['/results/:election'],
  nominate: ['/nominate/:election'],
  officer: ['/officer', '/officer/*'],
}

/** The web pages and the files that they load. */
export async function pageRoutes(app: FastifyInstance, { assets }: { assets: WebAssets }): Promise<void> {
  for (const [page, asset] of assets.pages) {
    for (const url of addresses[page] ?? []) {
      app.get(url, { schema: { hide: true } }, (request, reply) => sendAsset(request, reply, asset))
    }
  }
  app.get<{ Params: { file: string } }>(
    '/assets/:file',
    { schema: { hide: true } },
    async (request, reply) => {
      const asset = assets.files.get(request.params.file)
      if (asset === undefined) return reply.callNotFound()
      // The name holds the hash of the content.
      reply.header('cache-control', 'public, max-age=31536000, immutable')
      return sendAsset(request, reply, asset)
    },
  )
}

/**
 * The path of a page that can't be decoded, as a mistyped link has it, with its percent signs standing for themselves:
 * the page says then that there is nothing, and not the router. Every other address is as it came.
 */
export function readablePath(url: string): string {
  if (!pagePath.test(url)) return url
  const [path = '', ...query] = url.split('?')
  try {
    decodeURIComponent(path)
    return url
  } catch {
    return [path.replaceAll('%', '%25'), ...query].join('?')
  }
}

const pagePath = /^\/(vote|board|results|nominate|officer)\//

function sendAsset(
  request: FastifyRequest,
  reply: FastifyReply,
  { type, body, brotli }: WebAsset,
): FastifyReply {
  reply.type(type).header('vary', 'accept-encoding')
  if (!/\bbr\b/.test(String(request.headers['accept-encoding']))) return reply.send(body)
  return reply.header('content-encoding', 'br').send(brotli)
}
