import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { hashSecret } from '../security/secret-hash.ts'
import { aboutPeople } from './page-roles.ts'
import { accessLogPage } from './pages/access-log-page.ts'
import { staffPage } from './pages/staff-page.ts'
import { pageFor, type WebParts } from './web-context.ts'

const newStaffSchema = z.object({
  staffId: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9._-]{1,64}$/),
  displayName: z.string().trim().min(1).max(80),
  role: z.enum(['officer', 'operator', 'technician']),
  badge: z.string().min(4).max(200),
  pin: z.string().regex(/^\d{6,12}$/),
  validDays: z.coerce.number().int().min(1).max(366),
})

/** Who may work at the kiosks, and who looked at what: for managers. */
export function managerRoutes(app: FastifyInstance, parts: WebParts): void {
  const { store, time, clock, grants } = parts

  app.get(
    '/staff',
    pageFor(parts, aboutPeople, async ({ viewer, log, show }) => {
      await log('viewStaff')
      const body = staffPage({ viewer, grants: await store.staff.list(), time })
      return show('Cán bộ tại máy', body, '/staff')
    }),
  )

  app.post(
    '/staff',
    pageFor(parts, aboutPeople, async ({ viewer, form, log, goTo }) => {
      const parsed = newStaffSchema.safeParse(form)
      if (!parsed.success) return goTo('/staff', 'invalid')
      const { pin, ...staff } = parsed.data
      await grants.issue({ ...staff, pinHash: await hashSecret(pin) }, viewer.user.name)
      await log('addStaff', staff.staffId)
      return goTo('/staff', 'staffAdded')
    }),
  )

  app.post(
    '/staff/:grantId/revoke',
    pageFor(parts, aboutPeople, async ({ viewer, params, log, goTo }) => {
      const grantId = params.grantId ?? ''
      const at = clock().toISOString()
      const outcome = await store.staff.revoke(grantId, viewer.user.name, at)
      if (outcome === 'unknown') return goTo('/staff', 'invalid')
      if (outcome === 'revoked') await log('revokeStaff', grantId)
      return goTo('/staff', 'staffRevoked')
    }),
  )

  app.get(
    '/access-log',
    pageFor(parts, aboutPeople, async ({ log, show }) => {
      await log('viewAccessLog')
      const body = accessLogPage(await store.accessLog.list(500), time)
      return show('Nhật ký truy cập', body, '/access-log')
    }),
  )
}
