import { Worker } from 'node:worker_threads'
import type { PageInspection } from '../imaging/finding.ts'
import type { PreviewOptions } from '../imaging/preview-page.ts'
import type { EncryptedPage } from './encrypt-page.ts'

export type PageTask =
  | { readonly task: 'inspect'; readonly path: string }
  | { readonly task: 'preview'; readonly path: string; readonly options: PreviewOptions }
  | { readonly task: 'encrypt'; readonly path: string; readonly recipient: string }

export interface PageRequest {
  readonly id: number
  readonly task: PageTask
}

export type PageResult =
  | { readonly task: 'inspect'; readonly inspection: PageInspection }
  | { readonly task: 'preview'; readonly jpeg: Uint8Array }
  | { readonly task: 'encrypt'; readonly page: EncryptedPage }

export type PageAnswer =
  | { readonly id: number; readonly result: PageResult }
  | { readonly id: number; readonly error: string }

/** Everything that looks into a page, off core's event loop. Each rejects when the file is no whole image. */
export interface PageWork {
  inspect(path: string): Promise<PageInspection>
  /** JPEG, in memory only. */
  preview(path: string, options: PreviewOptions): Promise<Uint8Array>
  encrypt(path: string, recipient: string): Promise<EncryptedPage>
  /** Ends the thread; what was under way is rejected. */
  close(): Promise<void>
}

interface Waiting {
  readonly resolve: (result: PageResult) => void
  readonly reject: (error: Error) => void
}

/** One thread, one page after the other. A thread that died is replaced for the next page. */
export function createPageWork(): PageWork {
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
    const fresh = new Worker(new URL('./page-worker.ts', import.meta.url))
    fresh.unref()
    fresh.on('message', (answer: PageAnswer) => {
      const entry = waiting.get(answer.id)
      waiting.delete(answer.id)
      if ('result' in answer) entry?.resolve(answer.result)
      else entry?.reject(new Error(`page could not be worked on: ${answer.error}`))
    })
    // An `error` event is followed by `exit`; without a listener it would end core.
    fresh.on('error', () => undefined)
    fresh.on('exit', () => {
      if (worker === fresh) worker = undefined
      rejectAll('the page thread ended')
    })
    worker = fresh
    return fresh
  }

  const run = (task: PageTask): Promise<PageResult> => {
    if (closed) return Promise.reject(new Error('the page work is closed'))
    return new Promise((resolve, reject) => {
      const id = nextId
      nextId += 1
      waiting.set(id, { resolve, reject })
      started().postMessage({ id, task } satisfies PageRequest)
    })
  }
  const mixedUp = (result: PageResult) => new Error(`the page thread answered ${result.task}`)

  return {
    async inspect(path) {
      const result = await run({ task: 'inspect', path })
      if (result.task !== 'inspect') throw mixedUp(result)
      return result.inspection
    },
    async preview(path, options) {
      const result = await run({ task: 'preview', path, options })
      if (result.task !== 'preview') throw mixedUp(result)
      return result.jpeg
    },
    async encrypt(path, recipient) {
      const result = await run({ task: 'encrypt', path, recipient })
      if (result.task !== 'encrypt') throw mixedUp(result)
      return result.page
    },
    async close() {
      closed = true
      await worker?.terminate()
      rejectAll('the page work is closed')
    },
  }
}
