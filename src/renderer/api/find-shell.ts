import { type KioskShell, shellName } from '../../contract/shell.ts'

/** The shell that this page runs in, or nothing where a host serves it to a browser. */
export function findShell(page: object): KioskShell | undefined {
  return (page as { readonly [shellName]?: KioskShell })[shellName]
}
