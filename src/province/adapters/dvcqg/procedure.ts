import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import type { Duration } from '../working-time.ts'
import type { DvcqgCalls } from './calls.ts'

/** What LayThuTuc knows of a procedure that a dossier must carry. */
export interface OfficialProcedure {
  readonly name: string | undefined
  readonly fieldCode: string
  readonly fieldName: string
  readonly time: Duration | undefined
}

const text = z.union([z.string(), z.number()]).transform(String)
const timeSchema = z.looseObject({ THOIGIANGIAIQUYET: text.nullish(), DONVITINH: text.nullish() })
const rowSchema = z.looseObject({
  TENTTHC: z.string().nullish(),
  LINHVUCTHUCHIEN: z
    .array(z.looseObject({ MALINHVUC: text.nullish(), TENLINHVUC: z.string().nullish() }))
    .nullish()
    .catch(undefined),
  CACHTHUCTHUCHIEN: z
    .array(z.looseObject({ KENH: text.nullish(), THOIGIAN: z.array(timeSchema).nullish() }))
    .nullish()
    .catch(undefined),
})
const resultSchema = z.array(rowSchema)

const keepMs = 12 * 60 * 60_000
const unknown: OfficialProcedure = {
  name: undefined,
  fieldCode: '',
  fieldName: '',
  time: undefined,
}

/**
 * Asks once in half a day for each procedure. A system that does not answer it stops no dossier: it goes without
 * a due date.
 */
export function procedureLookUp(
  calls: DvcqgCalls,
  channel: string,
  clock: Clock,
): (code: string) => Promise<OfficialProcedure> {
  const known = new Map<string, { readonly at: number; readonly procedure: OfficialProcedure }>()
  return async (code) => {
    const held = known.get(code)
    const nowMs = clock().getTime()
    if (held && nowMs - held.at < keepMs) return held.procedure
    const answer = await calls.call('LayThuTuc', { maTTHC: code })
    const rows = answer.outcome === 'ok' ? resultSchema.safeParse(answer.result) : undefined
    const row = rows?.success ? rows.data[0] : undefined
    if (!row) return held?.procedure ?? unknown
    const field = row.LINHVUCTHUCHIEN?.[0]
    const ways = row.CACHTHUCTHUCHIEN ?? []
    const way = ways.find(({ KENH }) => KENH === channel) ?? ways[0]
    const procedure = {
      name: row.TENTTHC ?? undefined,
      fieldCode: field?.MALINHVUC ?? '',
      fieldName: field?.TENLINHVUC ?? '',
      time: durationOf(way?.THOIGIAN?.[0]),
    }
    known.set(code, { at: nowMs, procedure })
    return procedure
  }
}

/** `3`, `0,5`; `Ngày làm việc`, `Ngày`, `Giờ làm việc`. Months and free text give no date. */
export function durationOf(time: z.infer<typeof timeSchema> | undefined): Duration | undefined {
  const amount = Number((time?.THOIGIANGIAIQUYET ?? '').trim().replace(',', '.'))
  if (!(amount > 0) || amount > 400) return undefined
  const unit = (time?.DONVITINH ?? '').normalize('NFC').trim().toLowerCase()
  if (/^ngày( làm việc)?$/.test(unit)) return { amount, unit: 'days' }
  if (/^giờ( làm việc)?$/.test(unit)) return { amount, unit: 'hours' }
  return undefined
}
