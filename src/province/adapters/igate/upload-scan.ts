import { z } from 'zod'
import { sha256Hex } from '../../security/tokens.ts'
import { scanTexts } from '../../texts/official.ts'
import type { DeliveryOutcome, Handover } from '../contract.ts'
import { laterAfter } from '../exchange.ts'
import type { IgateCalls } from './calls.ts'
import type { UploadedFile } from './dossier-body.ts'

const uploadedSchema = z.looseObject({
  data: z
    .array(z.looseObject({ IdTepTin: z.coerce.string().min(1), HashTepTin: z.string().min(1) }))
    .min(1),
})

type Uploaded = { readonly scan: UploadedFile | undefined } | { readonly stop: DeliveryOutcome }

/** A file that was uploaded twice belongs to no dossier and harms nobody. */
export async function uploadScan(
  calls: IgateCalls,
  path: string,
  handover: Handover,
): Promise<Uploaded> {
  const pdf = await handover.pagesPdf()
  if (pdf === 'none') return { scan: undefined }
  if (pdf === 'incomplete') {
    return { stop: { outcome: 'later', problem: 'PAGES_INCOMPLETE', concerns: 'dossier' } }
  }
  const form = new FormData()
  const file = new Blob([new Uint8Array(pdf)], { type: 'application/pdf' })
  form.append('files', file, scanTexts.fileName)
  const answer = await calls.post(path, form)
  if (answer.outcome === 'logIn') return { stop: answer.next }
  if (answer.outcome === 'failed') return { stop: laterAfter(answer) }
  if (answer.outcome === 'refused') {
    return { stop: { outcome: 'parked', problem: 'REFUSED', answer: answer.message } }
  }
  const parsed = answer.outcome === 'ok' ? uploadedSchema.safeParse(answer.json) : undefined
  const uploaded = parsed?.success ? parsed.data.data[0] : undefined
  if (!uploaded) return { stop: { outcome: 'later', problem: 'NO_ANSWER', concerns: 'dossier' } }
  const { IdTepTin: id, HashTepTin: hash } = uploaded
  // Of another kind of hash nothing can be said but that it is theirs.
  if (/^[0-9a-f]{64}$/i.test(hash) && hash.toLowerCase() !== sha256Hex(pdf)) {
    return { stop: { outcome: 'later', problem: 'HASH_MISMATCH', concerns: 'dossier' } }
  }
  return { scan: { id, hash } }
}
