import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseMessage } from '../receiving/parse-message.ts'
import type { Kiosk, KioskAlarm, StoredHeartbeat } from '../store/records/kiosk-records.ts'
import { kioskHealth } from './kiosk-health.ts'
import { aboutKiosks, aboutPeople } from './page-roles.ts'
import { type KioskView, kiosksPage } from './pages/kiosks-page.ts'
import { pageFor, type WebParts } from './web-context.ts'

const alarmIdSchema = z.coerce.number().int().positive()

/** How each kiosk is doing, as far as it told. */
export function kioskPageRoutes(app: FastifyInstance, parts: WebParts): void {
  const { store, time, clock } = parts

  const viewOf = async (
    kiosk: Kiosk,
    heartbeats: readonly StoredHeartbeat[],
    alarms: readonly KioskAlarm[],
  ): Promise<KioskView> => {
    const { kioskId } = kiosk
    const isMine = (row: { readonly kioskId: string }) => row.kioskId === kioskId
    const stored = await store.messages.list({
      kioskId,
      kind: 'fault',
      limit: 10,
      newestFirst: true,
    })
    const faults = stored.flatMap(({ key, bytes }) => {
      const parsed = parseMessage(bytes, { kioskId, key })
      return parsed.ok && parsed.message.kind === 'fault' ? [parsed.message.body] : []
    })
    return {
      kiosk,
      health: kioskHealth(kiosk, heartbeats.find(isMine), clock()),
      alarms: alarms.filter(isMine),
      epochs: await store.kiosks.epochs(kioskId),
      faults,
    }
  }

  app.get(
    '/kiosks',
    pageFor(parts, aboutKiosks, async ({ viewer, log, show }) => {
      await log('viewKiosks')
      const heartbeats = await store.heartbeats.newest()
      const alarms = await store.heartbeats.alarms()
      const kiosks = await Promise.all(
        (await store.kiosks.list()).map((kiosk) => viewOf(kiosk, heartbeats, alarms)),
      )
      const refusals = await store.feed.refusals()
      const at = clock().toISOString()
      return show('Máy', kiosksPage({ viewer, kiosks, refusals, at, time }), '/kiosks')
    }),
  )

  app.post(
    '/kiosks/alarms/:id/settle',
    pageFor(parts, aboutPeople, async ({ viewer, params, log, goTo }) => {
      const id = alarmIdSchema.safeParse(params.id)
      if (!id.success) return goTo('/kiosks', 'noAlarm')
      const at = clock().toISOString()
      const kioskId = await store.heartbeats.settleAlarm(id.data, viewer.user.name, at)
      if (kioskId === undefined) return goTo('/kiosks', 'noAlarm')
      await log('settleAlarm', kioskId)
      return goTo('/kiosks', 'alarmSettled')
    }),
  )
}
