/** The part of `process` that matters here; tests hand in their own. */
export interface ChildProcessSide {
  readonly connected: boolean
  once(event: 'disconnect', listener: () => void): unknown
}

/**
 * Core does not outlive whoever started it: `onParentGone` is called once when the channel to the parent
 * closes, at once when it has closed already. Only for a core that was started with a channel.
 */
export function watchParent(side: ChildProcessSide, onParentGone: () => void): void {
  if (!side.connected) {
    onParentGone()
    return
  }
  side.once('disconnect', onParentGone)
}
