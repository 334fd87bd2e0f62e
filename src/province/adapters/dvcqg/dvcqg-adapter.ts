import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import type { DvcqgConfig } from '../adapter-config.ts'
import type { DeliveryOutcome, Handover, OfficialAdapter } from '../contract.ts'
import { type Failed, laterAfter } from '../exchange.ts'
import { FieldTooLong } from '../field-limits.ts'
import { nationalStatus } from '../national-status.ts'
import { plainCode } from '../plain-code.ts'
import { workingTime } from '../working-time.ts'
import { zonedTime } from '../zoned-time.ts'
import { type DvcqgCalls, dvcqgCalls, type ServiceAnswer } from './calls.ts'
import { dossierRow, progressRow, type RowTools } from './dossier-row.ts'
import { procedureLookUp } from './procedure.ts'

const memorySchema = z.strictObject({
  /** The dossier is known to be there. */
  isThere: z.boolean(),
  /** An addition was sent and nobody knows what became of it. */
  isOpen: z.boolean(),
})
type Memory = z.infer<typeof memorySchema>

/** The receiving side takes no more rows of progress at once. */
const rowsAtOnce = 10

/**
 * The national portal's adapter and its provincial façades: DongBoHoSoMC brings the dossier as it stands now,
 * CapNhatTienDoHoSoMC every step of it.
 */
export function dvcqgAdapter(
  config: DvcqgConfig,
  parts: { readonly timeZone: string; readonly clock: Clock; readonly log: Log },
): OfficialAdapter {
  const { timeZone, clock, log } = parts
  const calls = dvcqgCalls(config)
  const lookUpProcedure = procedureLookUp(calls, config.channel, clock)
  const tools: RowTools = {
    config,
    zone: zonedTime(timeZone),
    work: workingTime(config.workingTime, timeZone),
  }
  const { id, name, acceptedFrom } = config

  const bring = async (handover: Handover): Promise<DeliveryOutcome> => {
    const procedure = await lookUpProcedure(handover.content.procedureCode)
    const outcome = await bringDossier(calls, handover, dossierRow(handover, procedure, tools), {
      onStatus: (theirs) => {
        if (nationalStatus(config.statusMap, theirs) !== undefined) return
        log('error', `${id}: ${handover.dossier.intakeId}: unknown status ${plainCode(theirs)}`)
      },
    })
    if (outcome) return outcome
    const waiting = handover.steps.filter(({ deliveredAt }) => deliveredAt === null)
    for (let from = 0; from < waiting.length; from += rowsAtOnce) {
      const chunk = waiting.slice(from, from + rowsAtOnce)
      const data = chunk.map((step) => progressRow(step, handover, procedure, tools))
      const answer = await calls.call('CapNhatTienDoHoSoMC', { data })
      // A row that is there already is what was wanted: rows are the same however often they are sent.
      if (answer.outcome !== 'ok' && answer.outcome !== 'exists') return outcomeOf(answer)
      await handover.note({ deliveredCursors: chunk.map(({ cursor }) => cursor) })
    }
    return { outcome: 'delivered' }
  }

  return {
    id,
    name,
    acceptedFrom,
    async deliver(handover) {
      try {
        return await bring(handover)
      } catch (error) {
        if (!(error instanceof FieldTooLong)) throw error
        return { outcome: 'parked', problem: 'FIELD_TOO_LONG', answer: error.message }
      }
    },
    afterLook: (_memory, isThere): Memory => ({ isThere, isOpen: false }),
  }
}

/** Adds it, or brings it up to date where it is already. `undefined`: it is there as it stands now. */
async function bringDossier(
  calls: DvcqgCalls,
  handover: Handover,
  row: Readonly<Record<string, unknown>>,
  { onStatus }: { readonly onStatus: (theirs: string) => void },
): Promise<DeliveryOutcome | undefined> {
  let memory: Memory = memorySchema.safeParse(handover.memory).data ?? {
    isThere: false,
    isOpen: false,
  }
  const remember = async (now: Memory) => {
    memory = now
    await handover.note({ memory })
  }
  if (memory.isOpen) {
    const found = await look(calls, String(row.MaHoSo))
    if ('failed' in found) return found.failed
    if (found.status !== undefined) onStatus(found.status)
    await remember({ isThere: found.isThere, isOpen: false })
  }
  if (!memory.isThere) {
    await remember({ isThere: false, isOpen: true })
    const added = await calls.call('DongBoHoSoMC', { isUpdating: 'False', data: [row] })
    if (added.outcome === 'ok' && saysSuccess(added.message)) {
      await remember({ isThere: true, isOpen: false })
      return undefined
    }
    // Success with other words is none that can be relied on: the next try looks.
    if (added.outcome === 'ok') {
      return { outcome: 'later', problem: 'NO_ANSWER', concerns: 'dossier' }
    }
    if (added.outcome !== 'exists') {
      if (added.outcome !== 'failed' || added.effect === 'none') {
        await remember({ isThere: false, isOpen: false })
      }
      return outcomeOf(added)
    }
    await remember({ isThere: true, isOpen: false })
  }
  const updated = await calls.call('DongBoHoSoMC', { isUpdating: 'True', data: [row] })
  return updated.outcome === 'ok' || updated.outcome === 'exists' ? undefined : outcomeOf(updated)
}

/** Some sides answer the code alone. */
function saysSuccess(message: string): boolean {
  return message === '' || /thành công|success/i.test(message)
}

const foundSchema = z.array(z.looseObject({ TrangThaiHoSo: z.string().optional() }))

const saysMissing = /không (tìm thấy|tồn tại|có)|not found/i

type Found =
  | { readonly isThere: boolean; readonly status: string | undefined }
  | { readonly failed: DeliveryOutcome }

async function look(calls: DvcqgCalls, mahoso: string): Promise<Found> {
  const answer = await calls.call('TraCuuHoSo', { mahoso })
  if (answer.outcome === 'refused') {
    if (saysMissing.test(answer.message)) return { isThere: false, status: undefined }
    return { failed: { outcome: 'parked', problem: 'CANNOT_LOOK', answer: answer.message } }
  }
  if (answer.outcome !== 'ok') {
    return { failed: answer.outcome === 'exists' ? unclear : outcomeOf(answer) }
  }
  const rows = foundSchema.safeParse(answer.result)
  if (!rows.success) return { isThere: false, status: undefined }
  return { isThere: rows.data.length > 0, status: rows.data[0]?.TrangThaiHoSo }
}

const unclear: DeliveryOutcome = { outcome: 'later', problem: 'NO_ANSWER', concerns: 'dossier' }

function outcomeOf(
  answer: Failed | Extract<ServiceAnswer, { outcome: 'refused' | 'logIn' }>,
): DeliveryOutcome {
  if (answer.outcome === 'logIn') return answer.next
  if (answer.outcome === 'failed') return laterAfter(answer)
  return { outcome: 'parked', problem: 'REFUSED', answer: answer.message }
}
