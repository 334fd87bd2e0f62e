import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  app,
  BrowserWindow,
  ipcMain,
  Menu,
  MessageChannelMain,
  powerSaveBlocker,
  protocol,
  screen,
  session,
  utilityProcess,
} from 'electron'
import { readPageFiles } from '../page/page-files.ts'
import { systemSupervisionClock } from '../supervision/supervision-clock.ts'
import { readShellCommand, shellUsage } from './command-line.ts'
import { runShell } from './run-shell.ts'

/** This file is run as `dist/shell/main.js`; core is run from its source, like everywhere. */
const root = join(import.meta.dirname, '../..')
const pageFolder = join(root, 'dist/renderer')
const say = (line: string) => process.stdout.write(`shell  ${line}\n`)
const command = readShellCommand(process.argv.slice(1))

// Electron would ask in a dialog, which nobody answers in the street: systemd starts the machine again.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    app.exit(70)
  })
}

if (typeof command === 'string') {
  process.stderr.write(`${command}\n${shellUsage}\n`)
  app.exit(64)
} else {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => app.quit())
  }
  // Not awaited: Electron is ready only after this file has run to its end.
  void runShell({
    parts: {
      app,
      BrowserWindow,
      ipcMain,
      Menu,
      MessageChannelMain,
      powerSaveBlocker,
      protocol,
      screen,
      session,
      utilityProcess,
    },
    command,
    coreEntry: join(root, 'src/main/core/main.ts'),
    preloadFile: join(import.meta.dirname, 'preload.cjs'),
    files: existsSync(pageFolder) ? readPageFiles(pageFolder) : new Map(),
    clock: systemSupervisionClock,
    now: () => new Date(),
    say,
  })
}
