import type { AppPart, ContentsPart, SessionPart, WindowPart } from './electron-parts.ts'
import { debuggingSwitches, denials, lockedSwitches, type Report } from './policy.ts'

/** Before the app is ready. Returns the switch that a packaged machine refuses to start with, if there is one. */
export function lockApp(app: AppPart, report: Report): string | undefined {
  const refused = debuggingSwitches.find((name) => app.commandLine.hasSwitch(name))
  if (app.isPackaged && refused !== undefined) return refused
  for (const [name, value] of lockedSwitches) app.commandLine.appendSwitch(name, value)
  for (const denial of denials) denial.app?.(app, report)
  // Every contents that ever comes into being, ours or not, before it has loaded anything.
  app.on('web-contents-created', (_event, contents) => lockContents(contents, report))
  return undefined
}

export function lockSession(session: SessionPart, report: Report): void {
  for (const denial of denials) denial.session?.(session, report)
}

export function lockWindow(window: WindowPart, report: Report, mayClose: () => boolean): void {
  window.removeMenu()
  for (const denial of denials) denial.window?.(window, report, mayClose)
}

function lockContents(contents: ContentsPart, report: Report): void {
  for (const denial of denials) denial.contents?.(contents, report)
}
