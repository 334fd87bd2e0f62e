import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify'
import type { OfficialAdapter } from '../adapters/contract.ts'
import type { Clock } from '../clock.ts'
import type { LocalTime } from '../local-time.ts'
import type { ResultSender } from '../officer/send-result.ts'
import type { StaffGrants } from '../officer/staff-grants.ts'
import type { Keys } from '../security/keys.ts'
import { sameText } from '../security/tokens.ts'
import type { ProvinceStore } from '../store/contract.ts'
import type { AccessAction, UserRole } from '../store/records/user-records.ts'
import type { Html } from './html.ts'
import { page, type Viewer } from './layout.ts'
import { homeOf } from './page-roles.ts'
import type { Sessions } from './sessions.ts'
import type { signInChecker } from './sign-in.ts'
import type { OutcomeKey } from './words.ts'

export interface WebParts {
  readonly store: ProvinceStore
  readonly keys: Keys
  readonly clock: Clock
  readonly time: LocalTime
  /** Official systems of the configuration. */
  readonly adapters: readonly OfficialAdapter[]
  /** Messages go to a carrier from here. */
  readonly hasCarrier: boolean
  readonly provinceName: string
  readonly secureCookies: boolean
  readonly codeOf: (unitCode: string, day: string, sequence: number) => string
  readonly sendResult: ResultSender
  readonly grants: StaffGrants
  readonly sessions: Sessions
  readonly checkSignIn: ReturnType<typeof signInChecker>
}

export const sessionCookie = 'province_session'

export interface PageContext {
  readonly viewer: Viewer
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, unknown>>
  /** Fields of a posted form. */
  readonly form: Readonly<Record<string, unknown>>
  log(action: AccessAction, subject?: string): Promise<void>
  show(title: string, body: Html, path?: string): FastifyReply
  /** A document instead of a page. `fileName`: ASCII. */
  send(document: {
    readonly type: 'application/pdf'
    readonly fileName: string
    readonly bytes: Uint8Array
  }): FastifyReply
  /** After a form: back to a page, which tells the outcome. */
  goTo(path: string, outcome?: OutcomeKey): FastifyReply
}

type PageHandler = (context: PageContext) => Promise<FastifyReply>

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {}

/** Wraps a page: only for who is signed in and has one of the roles; forms must carry the session's token. */
export function pageFor(
  parts: WebParts,
  roles: readonly UserRole[],
  handler: PageHandler,
): RouteHandlerMethod {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const session = await parts.sessions.find(request.cookies[sessionCookie])
    const user = session && (await parts.store.users.find(session.userName))
    if (!session || !user) return reply.redirect('/sign-in', 303)
    const viewer = { user, csrfToken: session.csrfToken }
    const form = recordOf(request.body)
    const refuse = (text: string) => reply.status(403).type('text/plain; charset=utf-8').send(text)
    const log = (action: AccessAction, subject = '') =>
      parts.store.accessLog.add({
        at: parts.clock().toISOString(),
        user: user.name,
        action,
        subject,
      })
    if (!roles.includes(user.role)) {
      if (request.url === '/') return reply.redirect(homeOf(user.role), 303)
      // The pattern, not the address: it may hold what somebody typed.
      await log('refused', request.routeOptions.url)
      return refuse('Trang này không dành cho vai trò của ông/bà.')
    }
    if (request.method !== 'GET' && !sameText(String(form.csrf ?? ''), session.csrfToken)) {
      return refuse('Trang đã cũ. Xin tải lại trang và thử lại.')
    }
    const query = recordOf(request.query)
    return handler({
      viewer,
      form,
      query,
      params: recordOf(request.params) as Record<string, string>,
      log,
      show: (title, body, path) =>
        reply.type('text/html; charset=utf-8').send(
          page({
            provinceName: parts.provinceName,
            title,
            viewer,
            body,
            ...(path === undefined ? {} : { path }),
            outcome: typeof query.outcome === 'string' ? query.outcome : undefined,
          }),
        ),
      send: ({ type, fileName, bytes }) =>
        reply
          .type(type)
          .header('content-disposition', `inline; filename="${fileName}"`)
          .send(Buffer.from(bytes)),
      goTo: (path, outcome) =>
        reply.redirect(outcome === undefined ? path : `${path}?outcome=${outcome}`, 303),
    })
  }
}
