import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { hashSecret } from '../security/secret-hash.ts'
import { userRoles } from '../store/records/user-records.ts'
import { passwordPage } from './pages/password-page.ts'
import { signInFailures } from './pages/sign-in-page.ts'
import { passwordFlaw } from './password-rule.ts'
import { pageFor, type WebParts } from './web-context.ts'

const formSchema = z.object({
  current: z.string().min(1).max(200),
  next: z.string().max(1_000),
  again: z.string().max(1_000),
})
const title = 'Đổi mật khẩu'

/** Everybody changes their own, knowing the old one; whoever forgot it asks for `set-password`. */
export function passwordRoutes(app: FastifyInstance, parts: WebParts): void {
  const { store } = parts

  app.get(
    '/password',
    pageFor(parts, userRoles, async ({ viewer, show }) => show(title, passwordPage(viewer))),
  )

  app.post('/password', (request, reply) =>
    pageFor(parts, userRoles, async ({ viewer, form, show, goTo }) => {
      const { name } = viewer.user
      const parsed = formSchema.safeParse(form)
      if (!parsed.success) return show(title, passwordPage(viewer, signInFailures.wrong))
      const { current, next, again } = parsed.data
      const flaw =
        next === again ? passwordFlaw(next, name) : 'hai lần nhập mật khẩu mới không giống nhau'
      if (flaw !== undefined) return show(title, passwordPage(viewer, `Chưa đổi: ${flaw}.`))
      // Counted and slowed like a sign-in: a session left open is no way to guess the password.
      const attempt = { name, password: current, address: request.ip }
      const outcome = await parts.checkSignIn(attempt, 'passwordChanged')
      if (outcome !== 'signedIn') return show(title, passwordPage(viewer, signInFailures[outcome]))
      await store.users.setPassword(name, await hashSecret(next))
      return goTo('/sign-in')
    }).call(app, request, reply),
  )
}
