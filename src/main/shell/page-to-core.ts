import { shellChannels } from '../../contract/shell.ts'
import type { SupervisedCore } from './core-supervisor.ts'
import type { ElectronParts, FramePart } from './electron-parts.ts'

export interface PageToCore {
  /** The page asks for a port: it gets one now, or as soon as core is ready. */
  connect(frame: FramePart): void
  coreReady(): void
  /** Tells the page that its port leads nowhere. */
  coreDown(): void
}

/** Joins page and core by a channel of which the shell keeps neither end: what they say does not pass here. */
export function joinPageToCore(
  MessageChannelMain: ElectronParts['MessageChannelMain'],
  core: () => Pick<SupervisedCore, 'isReady' | 'open'>,
): PageToCore {
  let waiting: FramePart | undefined
  let joined: FramePart | undefined

  const join = (frame: FramePart) => {
    const { port1, port2 } = new MessageChannelMain()
    try {
      frame.postMessage(shellChannels.port, null, [port1])
    } catch {
      // The frame went away with its page: the next page asks for itself.
      port2.close()
      return
    }
    joined = frame
    core().open(port2)
  }
  return {
    connect: (frame) => {
      if (core().isReady()) join(frame)
      else waiting = frame
    },
    coreReady: () => {
      const frame = waiting
      waiting = undefined
      if (frame) join(frame)
    },
    coreDown: () => {
      const frame = joined
      joined = undefined
      try {
        frame?.postMessage(shellChannels.lost, null)
      } catch {
        // Gone as well.
      }
    },
  }
}
