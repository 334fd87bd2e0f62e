/** Stable reason codes of devices and services. Texts for people live in i18n, keyed by code. */
export const reasonCodes = [
  // any device
  'NOT_CONNECTED',
  'PORT_MISSING',
  'PORT_BUSY',
  'PERMISSION',
  'SILENT',
  'GARBLED',
  'WRITE_TIMEOUT',
  'DISCONNECTED',
  'WRONG_MODE',
  'SUSPECTED_CRASH',
  // printer
  'PAPER_OUT',
  'PAPER_LOW',
  'COVER_OPEN',
  'CUTTER_ERROR',
  'HEAD_TOO_HOT',
  'PRINTER_ERROR',
  'PRINT_NOT_CONFIRMED',
  // locker
  'BUS_SILENT',
  'DOOR_NOT_OPENED',
  'DOOR_LEFT_OPEN',
  'DOOR_OPENED_UNEXPECTEDLY',
  'ITEM_SENSOR_SUSPECT',
  'COMPARTMENT_UNKNOWN',
  // scanner
  'JAM',
  'DOUBLE_FEED',
  'FEEDER_EMPTY',
  'SCANNER_SILENT',
  'SCANNER_ERROR',
  'SCAN_CANCELLED',
  'PROGRAM_MISSING',
  'ORIGINAL_LEFT',
  // kiosk
  'NO_FREE_COMPARTMENT',
  'BAGS_LOW',
  'NO_BAGS',
  'BACKUP_FAILED',
  'CAP_REACHED',
  'PROVINCE_WENT_BACK',
  'STORE_RESTORED',
  'DATABASE_LOG_LONG',
  'DISK_LOW',
  'DISK_FULL',
  'DISK_ERROR',
  'CLOCK_UNSYNCHRONISED',
  'CLOCK_WRONG',
  'CORE_RESTARTED',
  'CERTIFICATE_EXPIRING',
  'CERTIFICATE_EXPIRED',
] as const

export type ReasonCode = (typeof reasonCodes)[number]

/** What a citizen can lose: each service is degraded by itself, never the whole machine. */
export const services = ['intake', 'collection'] as const
export type Service = (typeof services)[number]
