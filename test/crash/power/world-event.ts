import { join } from 'node:path'

/** What has left the machine: from then on no power cut may make it untrue. */
export type WorldEvent =
  | { readonly event: 'registered' }
  /** A number of a dossier was given out: never again. */
  | { readonly event: 'number'; readonly epoch: number; readonly number: number }
  /** A door was opened for this deposit. */
  | { readonly event: 'pulse'; readonly intakeId: string }
  /** A slip came out. */
  | { readonly event: 'paper'; readonly intakeId: string }
  /** The running clock has answered that so much is on the disk. */
  | { readonly event: 'clockSaved'; readonly runningMs: number }
  /** The first byte of a message left. */
  | { readonly event: 'sent'; readonly key: string }
  /** The province's receipt counts. */
  | { readonly event: 'acknowledged'; readonly key: string }
  /** An officer has carried the bag away. */
  | { readonly event: 'collected'; readonly intakeId: string }
  /** Its copy in the journal is not needed any more: from here on it may be there or not. */
  | { readonly event: 'pruned'; readonly intakeId: string }
  /** The screen has shown this page as kept. */
  | { readonly event: 'pageKept'; readonly contentHash: string }
  /** Its person has taken it back: from here on it may be there or not. */
  | { readonly event: 'pageTakenBack'; readonly contentHash: string }
  /** The province's receipt for a page counts: it is not sent again. */
  | { readonly event: 'pageReceipt'; readonly contentHash: string }
  /** A backup counts as made, on both paths. */
  | { readonly event: 'backup'; readonly runningMs: number }
  /** This epoch is in use. */
  | { readonly event: 'epoch'; readonly epoch: number }

export function diskFolders(folder: string) {
  const data = join(folder, 'data')
  return {
    data,
    journalFolder: join(folder, 'journal'),
    secondBackups: join(folder, 'second'),
    pages: join(data, 'pages'),
    runningTime: join(data, 'running-time.json'),
    worldFile: join(folder, 'world.log'),
  }
}
