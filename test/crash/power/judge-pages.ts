import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { createPageShelf } from '../../../src/main/pages/page-shelf.ts'
import type { Store } from '../../../src/main/store/open-store.ts'
import { diskFolders, type WorldEvent } from './world-event.ts'

/** Each page with a row is whole on the shelf, and what the screen has shown as kept has its row. */
export async function judgePages(
  folder: string,
  store: Store,
  world: readonly WorldEvent[],
): Promise<readonly string[]> {
  const wrong: string[] = []
  const { pages } = diskFolders(folder)
  const shelf = createPageShelf(pages)
  const named = store.pages.namedPages()
  // As at every start.
  await shelf.removeAllBut(named)
  for (const contentHash of named) {
    const ciphertext = await shelf.read(contentHash)
    if (ciphertext === undefined) wrong.push(`a row without its page: ${contentHash}`)
    else if (createHash('sha256').update(ciphertext).digest('hex') !== contentHash) {
      wrong.push(`a page is not whole: ${contentHash}`)
    }
  }
  const takenBack = new Set(
    world.flatMap((one) => (one.event === 'pageTakenBack' ? [one.contentHash] : [])),
  )
  for (const one of world) {
    if (
      one.event === 'pageKept' &&
      !named.has(one.contentHash) &&
      !takenBack.has(one.contentHash)
    ) {
      wrong.push(`a page was shown as kept and is gone: ${one.contentHash}`)
    }
    if (one.event === 'pageReceipt' && (await shelf.receipt(one.contentHash)) === undefined) {
      wrong.push(`a page's receipt is lost: ${one.contentHash}`)
    }
  }
  const others = readdirSync(pages).filter((name) => !named.has(name.split('.')[0] ?? ''))
  if (others.length > 0) wrong.push(`nobody's files stay on the shelf: ${others}`)
  for (const contentHash of named) {
    const receipt = await shelf.receipt(contentHash)
    if (receipt !== undefined && receipt !== JSON.stringify({ contentHash })) {
      wrong.push(`a page's receipt is not whole: ${contentHash}`)
    }
  }
  return wrong
}
