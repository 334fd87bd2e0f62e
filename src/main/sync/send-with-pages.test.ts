import { expect, it } from 'vitest'
import type { UploadAnswer } from './page-uploader.ts'
import type { OutboxRow } from './ports.ts'
import type { MessageAnswer } from './province-client.ts'
import { sendWithPages } from './send-with-pages.ts'

const row = (kind: OutboxRow['kind']): OutboxRow => ({
  ...{ sequence: 1, key: 'key', lane: 'K07-1-000001-X', kind, payload: '{}' },
  ...{ bodyHash: '', state: 'sending', attempts: 1 },
})

/** What was sent, in order, when the upload ends with `uploaded`. */
async function send(kind: OutboxRow['kind'], uploaded: UploadAnswer) {
  const order: string[] = []
  const sending = sendWithPages(
    {
      async sendMessage() {
        order.push('message')
        return { outcome: 'accepted' } as MessageAnswer
      },
    },
    {
      async upload(pages) {
        order.push(...pages)
        return uploaded
      },
    },
    (intakeId) => [`page of ${intakeId}`],
  )
  return { answer: await sending(row(kind)), order }
}

it.each(['dossierDeposited', 'dispute'] as const)(
  'brings the pages of a %s first',
  async (kind) => {
    const { answer, order } = await send(kind, { outcome: 'done' })
    expect(order).toEqual(['page of K07-1-000001-X', 'message'])
    expect(answer.outcome).toBe('accepted')
  },
)

it('sends no dossier whose pages did not go, and says why', async () => {
  const later = { outcome: 'later', code: 'BUSY', concerns: 'everyone' } as const
  expect(await send('dossierDeposited', later)).toEqual({
    ...{ answer: later, order: ['page of K07-1-000001-X'] },
  })
})

it('sets a dossier aside whose page is lost', async () => {
  const { answer } = await send('dossierDeposited', { outcome: 'lost', contentHash: 'a' })
  expect(answer).toEqual({ outcome: 'rejected', code: 'PAGE_LOST' })
})

it('brings no pages for other messages', async () => {
  expect((await send('slipPrinted', { outcome: 'lost', contentHash: 'a' })).order).toEqual([
    'message',
  ])
})
