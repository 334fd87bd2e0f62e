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
  /** `writeDurableFile` has answered. */
  | { readonly event: 'written'; readonly number: number }
  /** The first byte of a message left. */
  | { readonly event: 'sent'; readonly key: string }
  /** The province's receipt counts. */
  | { readonly event: 'acknowledged'; readonly key: string }
  /** An officer has carried the bag away. */
  | { readonly event: 'collected'; readonly intakeId: string }

export function diskFolders(folder: string) {
  return {
    data: join(folder, 'data'),
    journalFolder: join(folder, 'journal'),
    worldFile: join(folder, 'world.log'),
  }
}
