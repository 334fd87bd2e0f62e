import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import type { IgateConfig } from '../adapter-config.ts'
import type { DeliveryOutcome, Handover, OfficialAdapter } from '../contract.ts'
import { type Failed, laterAfter } from '../exchange.ts'
import { FieldTooLong } from '../field-limits.ts'
import { statusFor } from '../national-status.ts'
import { workingTime } from '../working-time.ts'
import { zonedTime } from '../zoned-time.ts'
import { type IgateAnswer, igateCalls } from './calls.ts'
import { type BodyTools, dossierBody, progressBody } from './dossier-body.ts'
import { type IgateMemory, readMemory } from './memory.ts'
import { uploadScan } from './upload-scan.ts'

/** `undefined`: go on with the next call. */
type Stop = DeliveryOutcome | undefined

/** Its own words must not be believed to be longer than any code is. */
const numberSchema = z.looseObject({ value: z.string().trim().min(1).max(64) })
const createdSchema = z.looseObject({
  data: z.looseObject({ idHoSo: z.coerce.string().nullish(), maHoSo: z.string().nullish() }),
})
const foundSchema = z.looseObject({ content: z.array(z.looseObject({ code: z.string() })) })

const rowsAtOnce = 10

/**
 * iGate behind an LGSP, in six calls: GetToken, GetNextValue, UploadFile, NoiHoSo, CapNhatTienTrinh,
 * CapNhatTrangThai. The number is theirs; it is noted before it is used, so that a crash can waste a number but
 * never make a second dossier.
 */
export function igateAdapter(
  config: IgateConfig,
  { timeZone, clock }: { readonly timeZone: string; readonly clock: Clock },
): OfficialAdapter {
  const calls = igateCalls(config, clock)
  const zone = zonedTime(timeZone)
  const tools: BodyTools = { config, zone, work: workingTime(config.workingTime, timeZone) }
  const { id, name, acceptedFrom, paths } = config

  const deliver = async (handover: Handover): Promise<DeliveryOutcome> => {
    let memory = readMemory(handover.memory)
    const remember = async (changes: Partial<IgateMemory>, officialCode?: string) => {
      memory = { ...memory, ...changes }
      await handover.note({ memory, ...(officialCode !== undefined && { officialCode }) })
    }

    const takeNumber = async (): Promise<Stop> => {
      const code = config.patternCode ?? handover.dossier.unitCode
      const answer = await calls.get(paths.nextValue, { code })
      if (answer.outcome !== 'ok') return outcomeOf(answer)
      const number = numberSchema.safeParse(answer.json)
      if (!number.success) return noAnswer
      await remember({ number: number.data.value }, number.data.value)
    }

    const look = async (number: string): Promise<Stop> => {
      if (paths.lookUp === undefined) return { outcome: 'parked', problem: 'CANNOT_LOOK' }
      const answer = await calls.get(paths.lookUp, { code: number, spec: 'slice' })
      if (answer.outcome === 'refused') {
        return { outcome: 'parked', problem: 'CANNOT_LOOK', answer: answer.message }
      }
      if (answer.outcome !== 'ok') return outcomeOf(answer)
      const found = foundSchema.safeParse(answer.json)
      if (!found.success) return { outcome: 'parked', problem: 'CANNOT_LOOK' }
      const isThere = found.data.content.some(({ code }) => code.trim() === number)
      await remember({ isThere, isOpen: false })
    }

    const create = async (number: string): Promise<Stop> => {
      const body = dossierBody(handover, number, memory.scan, tools)
      await remember({ isOpen: true })
      const answer = await calls.post(paths.dossier, body)
      if (answer.outcome === 'exists') return remember({ isThere: true, isOpen: false }).then(goOn)
      if (answer.outcome !== 'ok') {
        const nothingHappened = answer.outcome !== 'failed' || answer.effect === 'none'
        if (nothingHappened) await remember({ isOpen: false })
        return outcomeOf(answer)
      }
      const created = createdSchema.safeParse(answer.json)
      // It says yes and names nothing: the next try looks.
      if (!created.success) return noAnswer
      const { idHoSo, maHoSo } = created.data.data
      const theirs = maHoSo ?? number
      await remember(
        { isThere: true, isOpen: false, number: theirs, ...(idHoSo && { id: idHoSo }) },
        theirs,
      )
    }

    const tell = async (number: string): Promise<Stop> => {
      const there = { number, id: memory.id ?? '' }
      const waiting = handover.steps.filter(({ deliveredAt }) => deliveredAt === null)
      const untold = waiting.filter(({ cursor }) => cursor > (memory.toldThrough ?? -1))
      for (let from = 0; from < untold.length; from += rowsAtOnce) {
        const chunk = untold.slice(from, from + rowsAtOnce)
        const rows = chunk.map((step) => progressBody(step, handover, there, tools))
        const stop = unlessDone(await calls.post(paths.progress, rows))
        if (stop) return stop
        await remember({ toldThrough: chunk.at(-1)?.cursor })
      }
      const last = waiting.at(-1)
      if (!last) return undefined
      const TrangThai = Number(statusFor(config.statusMap, last.status))
      const status = [{ IdHoSo: there.id, MaHoSo: number, TrangThai }]
      const stop = unlessDone(await calls.post(paths.status, status))
      if (stop) return stop
      await handover.note({ deliveredCursors: waiting.map(({ cursor }) => cursor) })
    }

    const numbered = memory.number === undefined ? await takeNumber() : undefined
    if (numbered) return numbered
    const number = memory.number ?? ''
    if (memory.isOpen) {
      const looked = await look(number)
      if (looked) return looked
    }
    if (!memory.isThere) {
      if (memory.scan === undefined) {
        const uploaded = await uploadScan(calls, paths.upload, handover)
        if ('stop' in uploaded) return uploaded.stop
        if (uploaded.scan) await remember({ scan: uploaded.scan })
      }
      const created = await create(number)
      if (created) return created
    }
    return (await tell(memory.number ?? number)) ?? { outcome: 'delivered' }
  }

  return {
    id,
    name,
    acceptedFrom,
    async deliver(handover) {
      try {
        return await deliver(handover)
      } catch (error) {
        if (!(error instanceof FieldTooLong)) throw error
        return { outcome: 'parked', problem: 'FIELD_TOO_LONG', answer: error.message }
      }
    },
    afterLook: (memory, isThere): IgateMemory => ({
      ...readMemory(memory),
      isThere,
      isOpen: false,
    }),
  }
}

const noAnswer: DeliveryOutcome = { outcome: 'later', problem: 'NO_ANSWER', concerns: 'dossier' }
const goOn = (): undefined => undefined

/** What is there already is what was wanted. */
function unlessDone(answer: IgateAnswer): Stop {
  return answer.outcome === 'ok' || answer.outcome === 'exists' ? undefined : outcomeOf(answer)
}

export function outcomeOf(
  answer: Failed | Extract<IgateAnswer, { outcome: 'refused' | 'logIn' | 'exists' }>,
): DeliveryOutcome {
  if (answer.outcome === 'logIn') return answer.next
  if (answer.outcome === 'failed') return laterAfter(answer)
  if (answer.outcome === 'exists') return noAnswer
  return { outcome: 'parked', problem: 'REFUSED', answer: answer.message }
}
