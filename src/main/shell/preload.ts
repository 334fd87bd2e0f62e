import { contextBridge, ipcRenderer } from 'electron'
import {
  type KioskShell,
  lostAnnouncement,
  portAnnouncement,
  shellChannels,
  shellName,
} from '../../contract/shell.ts'

/**
 * Runs before the page, in a world of its own, sandboxed: all that the page ever gets of Electron are these two
 * functions and, when it asked for it, one port to core.
 */
const shell: KioskShell = {
  connect: () => {
    asked = true
    ipcRenderer.send(shellChannels.connect)
  },
  beat: (idle) => ipcRenderer.send(shellChannels.beat, { idle: idle === true }),
}
let asked = false

contextBridge.exposeInMainWorld(shellName, shell)

ipcRenderer.on(shellChannels.port, ({ ports }) => {
  const [port, ...others] = ports
  if (!asked || port === undefined || others.length > 0) return
  asked = false
  // To this very window, whose page the shell has checked: a port cannot cross the context bridge.
  window.postMessage(portAnnouncement, '*', [port])
})
ipcRenderer.on(shellChannels.lost, () => window.postMessage(lostAnnouncement, '*'))

// Before any listener of the page, and whatever the page does: nothing is dragged in or out, no menu by a long
// press, no zoom by wheel, no clipboard.
for (const type of ['contextmenu', 'dragstart', 'dragover', 'drop', 'copy', 'cut', 'paste']) {
  window.addEventListener(type, (event) => event.preventDefault(), { capture: true })
}
window.addEventListener(
  'wheel',
  (event) => {
    if (event.ctrlKey) event.preventDefault()
  },
  { capture: true, passive: false },
)

// Chromium prints for whoever calls this; the machine's printer is core's. Last, should Electron ever change it.
contextBridge.executeInMainWorld({
  func: () => Object.defineProperty(window, 'print', { value: () => {} }),
})
