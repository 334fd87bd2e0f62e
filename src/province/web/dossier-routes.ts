import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { sealedDossierSchema } from '../../contract/province/sealed.ts'
import { unsealJson } from '../notices/unseal-json.ts'
import { openPages } from '../officer/open-pages.ts'
import { pagesPdf } from '../officer/pages-pdf.ts'
import { sendResultFormSchema } from '../officer/send-result.ts'
import { type Dossier, dossierEnds } from '../store/records/dossier-records.ts'
import { html } from './html.ts'
import { aboutDossiers } from './page-roles.ts'
import { dossierPage, type OpenedDossier } from './pages/dossier-page.ts'
import { dossiersPage } from './pages/dossiers-page.ts'
import { missingPages } from './pages/scanned-pages.ts'
import { pageFor, type WebParts } from './web-context.ts'

const pageSize = 50
const endFormSchema = z.object({ how: z.enum(dossierEnds) })
const pageNumberSchema = z.coerce.number().int().min(1).max(1_000_000).catch(1)

/** What arrived, one dossier opened, its acceptance and its result. */
export function dossierRoutes(app: FastifyInstance, parts: WebParts): void {
  const { store, keys, time, clock } = parts

  const open = async (dossier: Dossier): Promise<OpenedDossier> => {
    const opened = await unsealJson(keys, dossier.sealed, sealedDossierSchema)
    if (!opened.ok) return { ok: false }
    const { intakeId, bagCode, procedureCode } = opened.value
    const matchesSlip =
      opened.contentHash === dossier.contentHash &&
      intakeId === dossier.intakeId &&
      bagCode === dossier.bagCode &&
      procedureCode === dossier.procedureCode
    return { ok: true, content: opened.value, matchesSlip }
  }

  const heldPages = async (dossier: Dossier, opened: OpenedDossier): Promise<number> => {
    const pages = opened.ok ? (opened.content.pages ?? []) : []
    const hashes = pages.map(({ contentHash }) => contentHash)
    const held = await store.pages.held(dossier.kioskId, hashes)
    return hashes.filter((hash) => held.has(hash)).length
  }

  app.get(
    '/',
    pageFor(parts, aboutDossiers, async ({ query, log, show }) => {
      await log('viewDossiers')
      const pageNumber = pageNumberSchema.parse(query.page)
      const offset = (pageNumber - 1) * pageSize
      const dossiers = await store.dossiers.list({ offset, limit: pageSize })
      const total = await store.dossiers.count()
      const body = dossiersPage({ dossiers, total, pageNumber, pageSize, time })
      return show('Hồ sơ nộp qua máy', body, '/')
    }),
  )

  app.get(
    '/dossiers/:intakeId',
    pageFor(parts, aboutDossiers, async ({ viewer, params, log, show }) => {
      const dossier = await store.dossiers.find(params.intakeId ?? '')
      if (!dossier) {
        await log('viewDossier', '?')
        return show('Không có hồ sơ này', html`<section>Xin kiểm tra lại số nộp.</section>`)
      }
      // Written first: nothing is shown that nobody will know was seen.
      await log('viewDossier', dossier.intakeId)
      const { kioskId, intakeId: lane, dossierCode } = dossier
      const opened = await open(dossier)
      const view = {
        viewer,
        dossier,
        opened,
        heldPages: await heldPages(dossier, opened),
        results: await store.results.ofDossier(dossierCode ?? dossier.intakeId),
        messages: await store.messages.list({ kioskId, lane, limit: 200 }),
        kiosks: await store.kiosks.list(),
        official: await store.official.ofDossier(lane),
        adapters: parts.adapters,
        time,
      }
      return show(`Hồ sơ ${dossier.intakeId}`, dossierPage(view))
    }),
  )

  app.get(
    '/dossiers/:intakeId/pages.pdf',
    pageFor(parts, aboutDossiers, async ({ params, log, show, send }) => {
      const dossier = await store.dossiers.find(params.intakeId ?? '')
      const opened = dossier && (await open(dossier))
      if (!dossier || !opened?.ok || !opened.content.pages?.length) {
        await log('viewPages', dossier?.intakeId ?? '?')
        return show('Không có bản quét', html`<section>Hồ sơ này không có trang quét.</section>`)
      }
      await log('viewPages', dossier.intakeId)
      const { kioskId, intakeId } = dossier
      const pages = await openPages(kioskId, opened.content.pages, { keys, pages: store.pages })
      // Never a document that lacks a page without saying so.
      if (!pages.ok) return show(`Bản quét ${intakeId}`, missingPages(pages))
      const bytes = await pagesPdf(pages.jpegs, { title: intakeId, at: clock() })
      return send({ type: 'application/pdf', fileName: `${intakeId}.pdf`, bytes })
    }),
  )

  app.post(
    '/dossiers/:intakeId/accept',
    pageFor(parts, aboutDossiers, async ({ viewer, params, log, goTo }) => {
      const now = clock()
      const day = time.day(now)
      const accepted = await store.dossiers.accept({
        intakeId: params.intakeId ?? '',
        user: viewer.user.name,
        at: now.toISOString(),
        day,
        codeOf: (unitCode, sequence) => parts.codeOf(unitCode, day, sequence),
      })
      if (accepted.outcome === 'unknownDossier') return goTo('/', 'unknownDossier')
      const path = `/dossiers/${encodeURIComponent(params.intakeId ?? '')}`
      if (accepted.outcome === 'accepted') await log('acceptDossier', params.intakeId)
      return goTo(path, accepted.outcome)
    }),
  )

  app.post(
    '/dossiers/:intakeId/end',
    pageFor(parts, aboutDossiers, async ({ viewer, params, form, log, goTo }) => {
      const intakeId = params.intakeId ?? ''
      const path = `/dossiers/${encodeURIComponent(intakeId)}`
      const parsed = endFormSchema.safeParse(form)
      if (!parsed.success) return goTo(path, 'invalid')
      const at = clock().toISOString()
      const { how } = parsed.data
      const outcome = await store.dossiers.end({ intakeId, how, user: viewer.user.name, at })
      if (outcome === 'unknownDossier') return goTo('/', outcome)
      if (outcome === 'ended') await log('endDossier', intakeId)
      return goTo(path, outcome)
    }),
  )

  app.post(
    '/dossiers/:intakeId/papers',
    pageFor(parts, aboutDossiers, async ({ viewer, params, form, log, goTo }) => {
      const intakeId = params.intakeId ?? ''
      const path = `/dossiers/${encodeURIComponent(intakeId)}`
      const parsed = sendResultFormSchema.safeParse(form)
      if (!parsed.success) return goTo(path, 'invalid')
      const sent = await parts.sendResult.papersOf(intakeId, parsed.data, viewer.user.name)
      if (sent.outcome === 'sent') await log('sendResult', sent.resultId)
      return goTo(path, sent.outcome)
    }),
  )

  app.post(
    '/dossiers/:intakeId/result',
    pageFor(parts, aboutDossiers, async ({ viewer, params, form, log, goTo }) => {
      const intakeId = params.intakeId ?? ''
      const path = `/dossiers/${encodeURIComponent(intakeId)}`
      const parsed = sendResultFormSchema.safeParse(form)
      if (!parsed.success) return goTo(path, 'invalid')
      const sent = await parts.sendResult.ofDossier(intakeId, parsed.data, viewer.user.name)
      if (sent.outcome === 'sent') await log('sendResult', sent.resultId)
      return goTo(path, sent.outcome)
    }),
  )
}
