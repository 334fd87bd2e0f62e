import { readFileSync } from 'node:fs'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Log } from '../log.ts'
import { userRoles } from '../store/records/user-records.ts'
import { dossierRoutes } from './dossier-routes.ts'
import { html } from './html.ts'
import { kioskPageRoutes } from './kiosk-routes.ts'
import { page } from './layout.ts'
import { managerRoutes } from './manager-routes.ts'
import { officialRoutes } from './official-routes.ts'
import { signInPage } from './pages/sign-in-page.ts'
import { passwordRoutes } from './password-routes.ts'
import { resultRoutes } from './result-routes.ts'
import { pageFor, sessionCookie, type WebParts } from './web-context.ts'

const signInSchema = z.object({
  name: z.string().max(40),
  password: z.string().min(1).max(200),
})

const contentSecurityPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

const formBytes = 64 * 1024

/** The officers' pages: server-rendered, no script at all. */
export async function web(app: FastifyInstance, parts: WebParts, log: Log): Promise<void> {
  const css = readFileSync(new URL('style.css', import.meta.url), 'utf8')
  const { provinceName, sessions, secureCookies } = parts
  const cookieOptions = {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: secureCookies,
  } as const

  await app.register(cookie)
  await app.register(formbody, { bodyLimit: formBytes })

  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'content-security-policy': contentSecurityPolicy,
      'cache-control': 'no-store',
      // Not `no-referrer`: browsers would then post our own forms with `Origin: null`.
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    })
    // Also guards the sign-in form, which has no session and so no token yet.
    const { origin, host } = request.headers
    if (request.method !== 'GET' && origin !== undefined && !isSameOrigin(origin, host)) {
      return reply.status(403).type('text/plain; charset=utf-8').send('Yêu cầu đến từ trang khác.')
    }
  })

  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500
    if (status >= 500) {
      log(
        'error',
        `${request.method} ${request.routeOptions.url ?? '?'}: ${error.stack ?? error.message}`,
      )
    }
    const text = status >= 500 ? 'Hệ thống gặp lỗi. Xin thử lại sau.' : 'Yêu cầu không hợp lệ.'
    const body = html`<section class="notice bad">${text}</section>`
    return reply
      .status(status)
      .type('text/html; charset=utf-8')
      .send(page({ provinceName, title: 'Không thực hiện được', body }))
  })

  const statusOf = { wrong: 401, tooMany: 429, busy: 503 } as const
  const showSignIn = (reply: FastifyReply, failure?: keyof typeof statusOf) =>
    reply
      .status(failure === undefined ? 200 : statusOf[failure])
      .type('text/html; charset=utf-8')
      .send(page({ provinceName, title: 'Đăng nhập', body: signInPage(failure) }))

  app.get('/style.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(css))
  app.get('/sign-in', (_request, reply) => showSignIn(reply))
  app.post('/sign-in', async (request, reply) => {
    const form = signInSchema.safeParse(request.body)
    if (!form.success) return showSignIn(reply, 'wrong')
    const outcome = await parts.checkSignIn({ ...form.data, address: request.ip })
    if (outcome !== 'signedIn') return showSignIn(reply, outcome)
    reply.setCookie(sessionCookie, await sessions.start(form.data.name), cookieOptions)
    return reply.redirect('/', 303)
  })
  app.post('/sign-out', async (request, reply) => {
    const signOut = pageFor(parts, userRoles, async ({ log: access, goTo }) => {
      await access('signOut')
      await sessions.end(request.cookies[sessionCookie])
      reply.clearCookie(sessionCookie, cookieOptions)
      return goTo('/sign-in')
    })
    return signOut.call(app, request, reply)
  })

  dossierRoutes(app, parts)
  resultRoutes(app, parts)
  kioskPageRoutes(app, parts)
  officialRoutes(app, parts)
  managerRoutes(app, parts)
  passwordRoutes(app, parts)
}

function isSameOrigin(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host
}
