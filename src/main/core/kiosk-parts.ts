import type { DeviceReport } from '../../contract/diagnosis.ts'
import type { Locker, Printer, Reader, Scanner } from '../../devices/contract.ts'
import type { ChoicesMark } from '../flows/choices.ts'
import type { FlowClock } from '../flows/clock.ts'
import type { PhoneCodePort, SealPort } from '../flows/secrets-port.ts'
import type { Journal } from '../flows/store-port.ts'
import type { SlipRenderer } from '../printing/slip-renderer.ts'
import type { Store } from '../store/open-store.ts'
import type { KeptPages } from './compose-pages.ts'
import type { ComposedSync } from './compose-sync.ts'
import type { Catalogue } from './config/catalogue.ts'
import type { KioskConfig } from './config/kiosk-config.ts'
import type { KioskKeys } from './keys/kiosk-keys.ts'
import type { DiskWatch } from './process/disk-watch.ts'
import type { ScreenMark } from './process/screen-mark.ts'

/** What a kiosk is put together from: everything that touches the world outside core's own rules. */
export interface KioskParts {
  readonly config: KioskConfig
  readonly catalogue: Catalogue
  readonly keys: KioskKeys
  readonly store: Store
  readonly journal: Journal
  readonly printer: Printer | undefined
  readonly locker: Locker | undefined
  readonly reader: Reader | undefined
  readonly scanner: Scanner | undefined
  readonly pages: KeptPages
  readonly sync: Pick<ComposedSync, 'status' | 'notify' | 'resume'>
  /** A device that was left out because core crashed over it. */
  readonly suspect: string | undefined
  readonly renderer: SlipRenderer
  readonly seal: SealPort
  readonly phoneCodes: PhoneCodePort
  readonly disk: Pick<DiskWatch, 'takesIntakeAway'>
  /** What has a state and remedies without a wire: disk, database, backups. */
  readonly conditions: () => readonly DeviceReport[]
  readonly clock: FlowClock
  readonly clockSynchronised: () => boolean
  /** Last moment of the certificate that is shown to the province. */
  readonly certificateNotAfter: string | undefined
  readonly coreId: string
  readonly screenMark: ScreenMark
  readonly choicesMark: ChoicesMark
  /** The machine did not reboot, and core was gone for less than the limit. */
  readonly mayResumeScreen: boolean
}
