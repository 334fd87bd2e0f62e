import { createHash } from 'node:crypto'
import type { PageShelf } from '../../pages/page-shelf.ts'
import { diskFaultOf } from '../../store/disk-fault.ts'
import { StoreFault } from '../../store/store-fault.ts'
import type { SealedPages } from '../../sync/page-uploader.ts'

/**
 * The shelf as the queue sees it. A page that is gone, damaged or cannot be read is none, and the disk is to blame;
 * what its receipt suffers costs one more upload. Neither ends core: it would come back to the same page for ever.
 */
export function watchedPages(
  shelf: Pick<PageShelf, 'read' | 'receipt' | 'putReceipt' | 'forgetReceipts'>,
  blame: (error: unknown) => void,
): SealedPages & Pick<PageShelf, 'forgetReceipts'> {
  async function unlessDiskFails<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work()
    } catch (error) {
      if (diskFaultOf(error) === undefined) throw error
      blame(error)
      return undefined
    }
  }
  return {
    async read(contentHash) {
      const read = () => unlessDiskFails(() => shelf.read(contentHash))
      // What could not be read once often can the second time, and a lost page costs a person the look into a bag.
      const page = (await read()) ?? (await read())
      const isWhole =
        page !== undefined && createHash('sha256').update(page).digest('hex') === contentHash
      if (isWhole) return page
      blame(new StoreFault('DISK_ERROR', 'a sealed page is gone or damaged'))
      return undefined
    },
    receipt: (contentHash) => unlessDiskFails(() => shelf.receipt(contentHash)),
    putReceipt: async (contentHash, receipt) => {
      await unlessDiskFails(() => shelf.putReceipt(contentHash, receipt))
    },
    async forgetReceipts(contentHashes) {
      await unlessDiskFails(() => shelf.forgetReceipts(contentHashes))
    },
  }
}
