import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { unsealJson } from '../notices/unseal-json.ts'
import type { OfficialDelivery } from '../store/records/official-records.ts'
import { aboutDossiers, aboutKiosks } from './page-roles.ts'
import { officialPage } from './pages/official-page.ts'
import { pageFor, type WebParts } from './web-context.ts'

const decisionSchema = z.object({ how: z.enum(['again', 'isThere', 'isNotThere']) })

/** What waits for the official systems, and what a person has to decide about it. */
export function officialRoutes(app: FastifyInstance, parts: WebParts): void {
  const { store, keys, time, clock, adapters } = parts

  const answerOf = async ({ sealedAnswer }: OfficialDelivery): Promise<string | undefined> => {
    if (sealedAnswer === null) return undefined
    const opened = await unsealJson(keys, sealedAnswer, z.string())
    return opened.ok ? opened.value : undefined
  }

  app.get(
    '/official',
    pageFor(parts, aboutKiosks, async ({ viewer, log, show }) => {
      await log('viewOfficial')
      const mayDecide = aboutDossiers.includes(viewer.user.role)
      const unfinished = await store.official.unfinished(200)
      const rows = await Promise.all(
        unfinished.map(async (delivery) => ({
          delivery,
          // The system's own words may name a citizen.
          answer: mayDecide ? await answerOf(delivery) : undefined,
        })),
      )
      const systems = await store.official.systems()
      const body = officialPage({ viewer, mayDecide, adapters, systems, rows, time })
      return show('Hệ thống chính thức', body, '/official')
    }),
  )

  app.post(
    '/official/:adapter/:intakeId',
    pageFor(parts, aboutDossiers, async ({ params, form, log, goTo }) => {
      const { adapter: id = '', intakeId = '' } = params
      const adapter = adapters.find((known) => known.id === id)
      const decision = decisionSchema.safeParse(form)
      if (!adapter || !decision.success) return goTo('/official', 'invalid')
      const delivery = await store.official.find(id, intakeId)
      if (delivery?.state !== 'parked') return goTo('/official', 'notParked')
      const { how } = decision.data
      const memory =
        how === 'again'
          ? undefined
          : JSON.stringify(adapter.afterLook(JSON.parse(delivery.memory), how === 'isThere'))
      const at = clock().toISOString()
      const outcome = await store.official.release(id, intakeId, memory, at)
      if (outcome === 'released') await log('settleOfficial', intakeId)
      return goTo('/official', outcome)
    }),
  )
}
