import { beatSchema } from '../../contract/beat.ts'
import { shellChannels } from '../../contract/shell.ts'
import { pageUrl } from './app-scheme.ts'
import type { ContentsPart, ElectronParts, FramePart, PageEvent } from './electron-parts.ts'

export interface PageLinkOptions {
  readonly ipcMain: ElectronParts['ipcMain']
  readonly contents: Pick<ContentsPart, 'id'>
  /** The page asks for a port. */
  readonly onConnect: (frame: FramePart) => void
  readonly onBeat: (idle: boolean) => void
  /** Somebody else used our channels, or said something that no page of ours says. */
  readonly report: (denied: string) => void
}

/** The two things that a page may say to the shell, from the one frame that may say them. */
export function listenToPage(options: PageLinkOptions): void {
  const { ipcMain, contents, report } = options
  const fromPage = (event: PageEvent): FramePart | undefined => {
    const { sender, senderFrame } = event
    const isPage =
      sender.id === contents.id && senderFrame?.parent === null && senderFrame.url === pageUrl
    if (isPage) return senderFrame
    report('sender')
    return undefined
  }
  ipcMain.on(shellChannels.connect, (event) => {
    const frame = fromPage(event)
    if (frame) options.onConnect(frame)
  })
  ipcMain.on(shellChannels.beat, (event, said) => {
    if (!fromPage(event)) return
    const { data: beat } = beatSchema.safeParse(said)
    if (beat === undefined) report('beat')
    else options.onBeat(beat.idle)
  })
}
