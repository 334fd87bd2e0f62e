import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openPages } from '../officer/open-pages.ts'
import { pagesPdf } from '../officer/pages-pdf.ts'
import type { Keys } from '../security/keys.ts'
import type { ProvinceStore } from '../store/contract.ts'
import type { HeldOnPerson } from './find-person.ts'

/** Writes all of it, opened, into a new folder that only its owner may read. @throws Error when it exists */
export async function exportPerson(
  folder: string,
  held: HeldOnPerson,
  { store, keys, at }: { readonly store: ProvinceStore; readonly keys: Keys; readonly at: Date },
): Promise<void> {
  mkdirSync(folder, { mode: 0o700 })
  const write = (name: string, content: string | Uint8Array) =>
    writeFileSync(join(folder, name), content, { mode: 0o600, flag: 'wx' })
  for (const { dossier, content } of held.dossiers) {
    if (!content.pages?.length) continue
    const opened = await openPages(dossier.kioskId, content.pages, { keys, pages: store.pages })
    if (opened.ok) {
      const title = dossier.intakeId
      write(`${title}.pdf`, await pagesPdf(opened.jpegs, { title, at }))
    }
  }
  const written = {
    madeAt: at.toISOString(),
    dossiers: held.dossiers.map(({ dossier, content }) => {
      const { sealed: _sealed, messageKey: _messageKey, ...facts } = dossier
      return { ...facts, content }
    }),
    messages: held.sms.map(({ sms: { at: sentAt, purpose }, content }) => {
      const { phone, maskedText } = content
      return { sentAt, purpose, phone, text: maskedText }
    }),
    results: held.results.map(({ sealedPhone: _sealedPhone, ...result }) => result),
    notOpened: held.unreadable,
  }
  write('person.json', `${JSON.stringify(written, null, 2)}\n`)
}
