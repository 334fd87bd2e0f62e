import type { FastifyInstance } from 'fastify'
import { smsContentSchema } from '../notices/sms-content.ts'
import { unsealJson } from '../notices/unseal-json.ts'
import { typedResultFormSchema } from '../officer/send-result.ts'
import { aboutDossiers } from './page-roles.ts'
import { resultsPage } from './pages/results-page.ts'
import { smsPage } from './pages/sms-page.ts'
import { pageFor, type WebParts } from './web-context.ts'

const dayMs = 86_400_000
/** More would be somebody else’s wish than the owner’s. */
const resendsPerDay = 3

/** Results on their way out, and the messages about them. */
export function resultRoutes(app: FastifyInstance, parts: WebParts): void {
  const { store, keys, time, clock } = parts

  app.get(
    '/results',
    pageFor(parts, aboutDossiers, async ({ viewer, log, show }) => {
      await log('viewResults')
      const results = await store.results.list(200)
      const kiosks = await store.kiosks.list()
      return show('Kết quả', resultsPage({ viewer, results, kiosks, time }), '/results')
    }),
  )

  app.post(
    '/results',
    pageFor(parts, aboutDossiers, async ({ viewer, form, log, goTo }) => {
      const parsed = typedResultFormSchema.safeParse(form)
      if (!parsed.success) return goTo('/results', 'invalid')
      const sent = await parts.sendResult.typed(parsed.data, viewer.user.name)
      if (sent.outcome === 'sent') await log('sendResult', sent.resultId)
      return goTo('/results', sent.outcome)
    }),
  )

  app.post(
    '/results/:resultId/revoke',
    pageFor(parts, aboutDossiers, async ({ params, log, goTo }) => {
      const resultId = params.resultId ?? ''
      const outcome = await store.results.revokeRight(resultId, clock().toISOString())
      if (outcome === 'noRight') return goTo('/results', 'noRight')
      await log('revokeRight', resultId)
      return goTo('/results', 'rightRevoked')
    }),
  )

  app.post(
    '/results/:resultId/resend',
    pageFor(parts, aboutDossiers, async ({ viewer, params, goTo }) => {
      const now = clock()
      const outcome = await store.results.resendCode({
        resultId: params.resultId ?? '',
        user: viewer.user.name,
        at: now.toISOString(),
        since: new Date(now.getTime() - dayMs).toISOString(),
        limit: resendsPerDay,
      })
      return goTo('/results', outcome)
    }),
  )

  app.get(
    '/sms',
    pageFor(parts, aboutDossiers, async ({ log, show }) => {
      await log('viewSms')
      const newest = await store.sms.newest(100)
      const messages = await Promise.all(
        newest.map(async (sms) => {
          const content = await unsealJson(keys, sms.sealed, smsContentSchema)
          return { ...sms, content: content.ok ? content.value : undefined }
        }),
      )
      const failures = await store.messages.failedNotices()
      const ids = newest.map(({ id }) => id)
      const sendings = parts.hasCarrier ? await store.sms.sendings(ids) : undefined
      return show('Tin nhắn', smsPage({ messages, failures, sendings, time }), '/sms')
    }),
  )
}
