import type { Screen, ScreenName } from '../contract/screen.ts'

/** Props of the view of one screen. */
export interface ScreenProps<Name extends ScreenName> {
  readonly screen: Extract<Screen, { name: Name }>
}
