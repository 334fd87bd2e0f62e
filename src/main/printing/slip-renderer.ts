import { Worker } from 'node:worker_threads'
import type { Raster } from '../../devices/contract.ts'
import type { SlipContent } from './slip-content.ts'

export interface SlipRequest {
  readonly id: number
  readonly content: SlipContent
}

export type SlipAnswer =
  | { readonly id: number; readonly raster: Raster }
  | { readonly id: number; readonly error: string }

export interface SlipRenderer {
  /** Rejects when the content cannot be printed (QR too long or not ASCII) or the thread died. */
  render(content: SlipContent): Promise<Raster>
  /** Ends the thread; what was being drawn is rejected. */
  close(): Promise<void>
}

interface Waiting {
  readonly resolve: (raster: Raster) => void
  readonly reject: (error: Error) => void
}

/** Drawn once at start: loads fonts and code, so that the first citizen does not wait for them. */
const warmUp: SlipContent = {
  kind: 'test',
  widthDots: 576,
  secondLanguage: 'km',
  authority: 'Kiểm tra',
  place: 'Kiểm tra',
  kioskId: 'TEST',
  at: '2026-01-01T00:00:00Z',
  clockSynchronised: false,
  timeZone: 'UTC',
  helpLine: '0',
  helpHours: '0',
  qrPayload: 'WARM-UP',
}

/** A slip needs some 10 MB of heap; without limits the garbage of many would be kept for long. */
const resourceLimits = { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 }

/** Draws slips in a worker thread of its own. A thread that died is replaced for the next slip. */
export function createSlipRenderer(): SlipRenderer {
  const waiting = new Map<number, Waiting>()
  let nextId = 1
  let closed = false
  let worker: Worker | undefined

  const rejectAll = (message: string): void => {
    for (const { reject } of waiting.values()) reject(new Error(message))
    waiting.clear()
  }

  const started = (): Worker => {
    if (worker !== undefined) return worker
    // Slips are set in our own fonts; those of the system would cost 90 MB and differ from machine to machine.
    const env = { ...process.env, DISABLE_SYSTEM_FONTS_LOAD: '1' }
    const fresh = new Worker(new URL('./slip-worker.ts', import.meta.url), { env, resourceLimits })
    fresh.unref()
    fresh.on('message', (answer: SlipAnswer) => {
      const entry = waiting.get(answer.id)
      waiting.delete(answer.id)
      if ('raster' in answer) entry?.resolve(answer.raster)
      else entry?.reject(new Error(`slip could not be drawn: ${answer.error}`))
    })
    // An `error` event is followed by `exit`; without a listener it would end core.
    fresh.on('error', () => undefined)
    fresh.on('exit', () => {
      if (worker === fresh) worker = undefined
      rejectAll('the slip thread ended')
    })
    worker = fresh
    return fresh
  }

  const render = (content: SlipContent): Promise<Raster> => {
    if (closed) return Promise.reject(new Error('the slip renderer is closed'))
    return new Promise((resolve, reject) => {
      const id = nextId
      nextId += 1
      waiting.set(id, { resolve, reject })
      started().postMessage({ id, content } satisfies SlipRequest)
    })
  }

  render(warmUp).catch(() => undefined)

  return {
    render,
    async close() {
      closed = true
      await worker?.terminate()
      rejectAll('the slip renderer is closed')
    },
  }
}
