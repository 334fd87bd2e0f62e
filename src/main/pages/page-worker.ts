import { readFile } from 'node:fs/promises'
import { parentPort } from 'node:worker_threads'
import { inspectPage } from '../imaging/inspect-page.ts'
import { previewPage } from '../imaging/preview-page.ts'
import { encryptPage } from './encrypt-page.ts'
import type { PageAnswer, PageRequest, PageResult, PageTask } from './page-work.ts'

/** The thread in which pages are looked at and encrypted. */
const port = parentPort
if (port === null) throw new Error('page-worker runs as a worker thread')

let turn: Promise<void> = Promise.resolve()

port.on('message', ({ id, task }: PageRequest) => {
  // One after the other: a decoded page takes some ten megabytes.
  turn = turn.then(async () => {
    try {
      const answer: PageAnswer = { id, result: await work(task) }
      port.postMessage(answer)
    } catch (error) {
      // A library's message may quote what it read: only its kind leaves the thread.
      const answer: PageAnswer = { id, error: error instanceof Error ? error.name : 'unknown' }
      port.postMessage(answer)
    }
  })
})

async function work(task: PageTask): Promise<PageResult> {
  const jpeg = await readFile(task.path)
  switch (task.task) {
    case 'inspect':
      return { task: 'inspect', inspection: await inspectPage(jpeg) }
    case 'preview':
      return { task: 'preview', jpeg: await previewPage(jpeg, task.options) }
    case 'encrypt':
      return { task: 'encrypt', page: await encryptPage(jpeg, task.recipient) }
    default:
      return task satisfies never
  }
}
