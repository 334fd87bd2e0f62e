import { randomBytes, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { stripTypeScriptTypes } from 'node:module'
import { type PanelWorldOptions, panelWorld } from './panel-world.ts'

export interface Panel {
  /** With the token in its fragment. */
  readonly url: string
  close(): Promise<void>
}

const pages = ['index.html', 'panel.css', 'panel.ts', 'wall.ts', 'reader.ts', 'printer.ts'] as const
const morePages = ['scanner.ts', 'phone.ts', 'cables.ts', 'api.ts', 'dom.ts'] as const
const longestRequestBytes = 64 * 1024

const headers = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src blob: data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
}

/** The demo panel's own server: loopback only, and only for who knows the token of this start. */
export async function startPanel(
  options: PanelWorldOptions & { readonly port: number },
): Promise<Panel> {
  const world = panelWorld(options)
  const token = randomBytes(32).toString('base64url')
  const files = readPages()
  let host = ''

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    if (request.headers.host !== host) return plain(403, 'wrong host')
    const url = new URL(request.url ?? '/', `http://${host}`)
    if (request.method === 'GET') {
      const file = files.get(url.pathname)
      if (file !== undefined) return { status: 200, ...file }
    }
    if (!url.pathname.startsWith('/api/')) return plain(404, 'not found')
    const isKnown =
      isToken(request.headers['x-panel-token'], token) || isToken(panelCookie(request), token)
    if (!isKnown) return plain(401, 'no token')
    if (request.method === 'GET' && url.pathname === '/api/state') {
      return json(200, await world.state())
    }
    if (request.method === 'GET' && url.pathname.startsWith('/api/slips/')) {
      const picture = await world.picture(decodeURIComponent(url.pathname.slice(11)))
      if (picture === undefined) return plain(404, 'no such slip')
      return { status: 200, type: 'image/png', body: picture }
    }
    if (request.method === 'POST' && url.pathname === '/api/act') {
      if (request.headers.origin !== `http://${host}`) return plain(403, 'wrong origin')
      try {
        return json(200, { ok: true, result: await world.act(JSON.parse(await bodyOf(request))) })
      } catch (error) {
        return json(409, { ok: false, error: error instanceof Error ? error.message : 'failed' })
      }
    }
    return plain(404, 'not found')
  }

  const server = createServer((request, response) => {
    void answer(request)
      .catch(() => plain(500, 'failed'))
      .then(({ status, type, body }) => {
        response.writeHead(status, { ...headers, 'Content-Type': type })
        response.end(body)
      })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP address')
  host = `127.0.0.1:${address.port}`
  return {
    url: `http://${host}/#${token}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string | Buffer
}
const plain = (status: number, body: string): Answer => ({ status, type: 'text/plain', body })
const json = (status: number, value: unknown): Answer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
})

/** Small enough to be served as they are; types are stripped as Node strips ours. */
function readPages(): ReadonlyMap<string, Omit<Answer, 'status'>> {
  const files = new Map<string, Omit<Answer, 'status'>>()
  for (const name of [...pages, ...morePages]) {
    const text = readFileSync(new URL(`./page/${name}`, import.meta.url), 'utf8')
    if (name === 'index.html') files.set('/', { type: 'text/html; charset=utf-8', body: text })
    else if (name === 'panel.css') files.set(`/${name}`, { type: 'text/css', body: text })
    else files.set(`/${name}`, { type: 'text/javascript', body: stripTypeScriptTypes(text) })
  }
  return files
}

/** In the browser that the demo itself has opened, the token is not in the address. */
function panelCookie(request: IncomingMessage): string | undefined {
  return /(?:^|;\s*)motcua_panel=([^;]*)/.exec(request.headers.cookie ?? '')?.[1]
}

function isToken(given: string | string[] | undefined, expected: string): boolean {
  if (typeof given !== 'string' || given.length !== expected.length) return false
  return timingSafeEqual(Buffer.from(given), Buffer.from(expected))
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    const bytes = chunk as Buffer
    length += bytes.length
    if (length > longestRequestBytes) throw new Error('too long')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}
