import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { smsContentSchema } from '../notices/sms-content.ts'
import { unsealJson } from '../notices/unseal-json.ts'
import type { Keys } from '../security/keys.ts'
import type { ProvinceStore } from '../store/contract.ts'

const querySchema = z.object({
  after: z.coerce.number().int().nonnegative().catch(0),
  limit: z.coerce.number().int().min(1).max(500).catch(100),
})

/** The citizens' phones of the demo: what the SMS outbox would have sent. Registered only with `--demo`. */
export function demoRoutes(
  app: FastifyInstance,
  parts: { readonly store: ProvinceStore; readonly keys: Keys },
): void {
  app.get('/demo/sms', async (request, reply) => {
    const { after, limit } = querySchema.parse(request.query)
    const stored = await parts.store.sms.after(after, limit)
    const items = await Promise.all(
      stored
        .filter(({ sealed }) => sealed !== '')
        .map(async ({ id, at, kioskId, purpose, sealed }) => {
          const content = await unsealJson(parts.keys, sealed, smsContentSchema)
          if (!content.ok) throw new Error(`SMS ${id} cannot be opened: ${content.failure}`)
          const { phone, text, attachment } = content.value
          return { id, at, kioskId, purpose, phone, text, attachment }
        }),
    )
    return reply.header('cache-control', 'no-store').send({ items })
  })
}
