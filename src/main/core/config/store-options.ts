import type { StoreOptions } from '../../store/open-store.ts'
import type { KioskConfig } from './kiosk-config.ts'

/** What of the configuration the store is opened with. */
export function storeOptions(
  config: KioskConfig,
): Pick<StoreOptions, 'folder' | 'kioskId' | 'compartments' | 'supplies'> {
  return {
    folder: config.dataFolder,
    kioskId: config.kioskId,
    compartments: config.compartments,
    supplies: {
      bags: { capacity: config.bags.capacity, lowAt: config.bags.lowAt },
      paper: { capacity: config.paper.rollMm, lowAt: config.paper.lowAtMm },
    },
  }
}
