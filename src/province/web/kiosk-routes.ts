import type { FastifyInstance } from 'fastify'
import { parseMessage } from '../receiving/parse-message.ts'
import type { Kiosk } from '../store/records.ts'
import { type KioskView, kiosksPage } from './pages/kiosks-page.ts'
import { pageFor, type WebParts } from './web-context.ts'

/** How each kiosk is doing, as far as it told. */
export function kioskPageRoutes(app: FastifyInstance, parts: WebParts): void {
  const { store, time } = parts

  const viewOf = async (kiosk: Kiosk): Promise<KioskView> => {
    const { kioskId } = kiosk
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
    return { kiosk, epochs: await store.kiosks.epochs(kioskId), faults }
  }

  app.get(
    '/kiosks',
    pageFor(parts, async ({ show }) => {
      const kiosks = await Promise.all((await store.kiosks.list()).map(viewOf))
      const refusals = await store.feed.refusals()
      return show('Máy', kiosksPage({ kiosks, refusals, time }), '/kiosks')
    }),
  )
}
