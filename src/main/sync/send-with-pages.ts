import type { MessageKind } from '../../contract/province/message.ts'
import type { PageUploader } from './page-uploader.ts'
import type { OutboxRow } from './ports.ts'
import type { MessageAnswer, ProvinceClient } from './province-client.ts'

/** The messages whose sealed content may name pages. */
export const pageNamingKinds = ['dossierDeposited', 'dispute'] as const satisfies MessageKind[]
const naming: ReadonlySet<MessageKind> = new Set(pageNamingKinds)

/** Pages go up before the message that names them. One that is lost parks its dossier: a person must look. */
export function sendWithPages(
  client: Pick<ProvinceClient, 'sendMessage'>,
  uploader: PageUploader,
  /** Content hashes of a dossier's pages; its lane is its intake id. */
  pagesOf: (intakeId: string) => readonly string[],
): (row: OutboxRow, signal?: AbortSignal) => Promise<MessageAnswer> {
  return async (row, signal) => {
    if (naming.has(row.kind)) {
      const answer = await uploader.upload(pagesOf(row.lane), signal)
      if (answer.outcome === 'lost') return { outcome: 'rejected', code: 'PAGE_LOST' }
      if (answer.outcome !== 'done') return answer
    }
    return client.sendMessage(row, signal)
  }
}
